// Letters of English text, the rarest first.
const RARE = 'zqxjkvbpygfwmucldrhsnioate'

/**
 * Where `"key"` stands in a text, -1 where it does not. The platform looks for the first byte and then compares: every
 * quote would stop it, 700 a record of OpenAlex. From its rarest letter on a key is found in a third of the time.
 */
export function keyFinder(key: string): (text: Uint8Array) => number {
  const rarest = [...RARE].find((letter) => key.includes(letter)) ?? key.charAt(0)
  const [before, from] = [key.slice(0, key.indexOf(rarest)), key.slice(key.indexOf(rarest))]
  const skipped = Buffer.byteLength(before)
  const tail = Buffer.from(`${from}"`)
  const whole = Buffer.from(`"${key}"`)
  return (bytes) => {
    const text = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let found = text.indexOf(tail); found !== -1; found = text.indexOf(tail, found + 1)) {
      const at = found - skipped - 1
      if (at >= 0 && whole.equals(text.subarray(at, at + whole.length))) return at
    }
    return -1
  }
}

/** Many texts side by side, a byte a letter: text i is `bytes` from `starts[i]` up to `starts[i + 1]`. Workers may share it. */
export interface Texts {
  readonly bytes: Uint8Array
  readonly starts: Uint32Array
}

/** Romanised and folded texts only: a letter beyond a byte is refused, or two letters might pass for one. */
export function textsOf(texts: readonly string[]): Texts {
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  const bytes = new Uint8Array(new SharedArrayBuffer(length))
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (texts.length + 1)))
  let end = 0
  for (const [i, text] of texts.entries()) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 0xff) throw new Error(`"${text}" is not folded to letters of one byte`)
      bytes[end++] = code
    }
    starts[i + 1] = end
  }
  return { bytes, starts }
}

export function textAt({ bytes, starts }: Texts, i: number): string {
  return String.fromCharCode(...bytes.subarray(starts[i], starts[i + 1]))
}

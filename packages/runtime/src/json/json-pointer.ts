import { decodedString, endOfString } from './json-strings.ts'

interface Level {
  readonly isArray: boolean
  index: number
  key: string
  expectKey: boolean
}

const MAX_POINTER = 200

/** JSON pointer (RFC 6901) of the value or key that the byte at `offset` is in. Slow: made only when something is refused. */
export function pointerAt(bytes: Uint8Array, offset: number): string {
  const levels: Level[] = []
  for (let i = 0; i <= offset && i < bytes.length; i++) {
    const byte = bytes[i]
    const level = levels.at(-1)
    if (byte === 0x22) {
      const end = endOfString(bytes, i + 1)
      if (level?.expectKey) level.key = decodedString(bytes, i + 1, end)
      if (level) level.expectKey = false
      i = end
    } else if (byte === 0x7b || byte === 0x5b) {
      levels.push({ isArray: byte === 0x5b, index: 0, key: '', expectKey: byte === 0x7b })
    } else if (byte === 0x7d || byte === 0x5d) levels.pop()
    else if (byte === 0x2c && level) {
      level.index += 1
      level.expectKey = !level.isArray
    }
  }
  return levels.map(segment).join('').slice(0, MAX_POINTER)
}

function segment(level: Level): string {
  const name = level.isArray ? String(level.index) : level.key
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LETTER_U = 0x75

/** Index of the quote that closes the string whose first byte is at `start`; the end of the text when none does. */
export function endOfString(bytes: Uint8Array, start: number): number {
  for (let i = start; i < bytes.length; i++) {
    if (bytes[i] === BACKSLASH) i += 1
    else if (bytes[i] === QUOTE) return i
  }
  return bytes.length
}

/** The first escape that no text may hold: NUL, or half of a surrogate pair. */
export function firstBadEscape(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly code: 'forbidden_character' | 'lone_surrogate'; readonly offset: number } | undefined {
  for (let i = start; i < end; i++) {
    if (bytes[i] !== BACKSLASH) continue
    const code = escapeAt(bytes, i)
    if (code === 0) return { code: 'forbidden_character', offset: i }
    if (code >= 0xd800 && code <= 0xdbff) {
      const next = escapeAt(bytes, i + 6)
      if (next < 0xdc00 || next > 0xdfff) return { code: 'lone_surrogate', offset: i }
      i += 6
    } else if (code >= 0xdc00 && code <= 0xdfff) return { code: 'lone_surrogate', offset: i }
    i += code === -1 ? 1 : 5
  }
  return undefined
}

/** The code unit of a `\uXXXX` that begins here, or -1. */
function escapeAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== BACKSLASH || bytes[at + 1] !== LETTER_U) return -1
  const hex = String.fromCharCode(bytes[at + 2] ?? 0, bytes[at + 3] ?? 0, bytes[at + 4] ?? 0, bytes[at + 5] ?? 0)
  return /^[0-9a-fA-F]{4}$/.test(hex) ? Number.parseInt(hex, 16) : -1
}

/** The text between two quotes with its escapes resolved; as it stands when that is not a JSON string. */
export function decodedString(bytes: Uint8Array, start: number, end: number): string {
  const raw = Buffer.from(bytes.subarray(start, end)).toString('utf8')
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    return raw // the parser will say what is wrong with it
  }
}

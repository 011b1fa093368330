const MAX_NAME_CHARACTERS = 1_024
const MAX_PART_BYTES = 255
/** Names that are devices on some systems, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * Why a name in an archive is refused, or undefined. Nothing is ever written under such a name; but an archive that tries
 * is not one to trust, and a report that names it must not mislead.
 */
export function entryNameFault(name: string): string | undefined {
  if (name === '' || name.length > MAX_NAME_CHARACTERS) return 'the name is empty or too long'
  if (/[\p{Cc}\p{Cs}\ufffd]/u.test(name)) return 'the name has characters that no file name has'
  if (name.includes('\\')) return 'the name has a backslash'
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'the name is absolute'
  for (const part of name.replace(/^(\.\/)+/, '').split('/')) {
    if (part === '..' || part === '.' || part === '') return 'the name leads elsewhere'
    if (/[. ]$/.test(part)) return 'the name ends in a dot or a space'
    if (DEVICE.test(part)) return 'the name is a device on some systems'
    if (Buffer.byteLength(part) > MAX_PART_BYTES) return 'the name is too long'
  }
  return undefined
}

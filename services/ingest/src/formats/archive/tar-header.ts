export const BLOCK = 512
/** What twelve octal digits of a header can hold: only beyond it may an extended header give the size. */
export const LARGEST_OCTAL = 8 ** 11

export interface TarHeader {
  readonly name: string
  /** Undefined: no number that can be trusted. */
  readonly size: number | undefined
  readonly type: string
  /** An old header, before names could be longer: a folder is one by its name. */
  readonly old: boolean
}

/** Whether a block is the header of an entry: its own sum stands in it. */
export function isTarHeader(block: Buffer): boolean {
  if (block.byteLength < BLOCK || block[0] === 0) return false
  const told = octal(block.subarray(148, 156))
  if (told === undefined) return false
  let sum = 8 * 0x20
  for (const [at, byte] of block.subarray(0, BLOCK).entries()) if (at < 148 || at >= 156) sum += byte
  return sum === told
}

export function tarHeader(block: Buffer): TarHeader {
  const magic = block.toString('latin1', 257, 263)
  // GNU's own format keeps times where POSIX has the first part of a long name.
  const prefix = magic === 'ustar\0' ? text(block.subarray(345, 500)) : ''
  const name = text(block.subarray(0, 100))
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: (block[124] ?? 0) & 0x80 ? base256(block.subarray(124, 136)) : octal(block.subarray(124, 136)),
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0),
    old: !magic.startsWith('ustar'),
  }
}

/** The records `<length> <key>=<value>\n` of an extended header; undefined when they are not well made. */
export function paxRecords(bytes: Buffer): Map<string, string> | undefined {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.byteLength; ) {
    if (bytes[at] === 0) return records
    const space = bytes.indexOf(0x20, at)
    const length = space === -1 || space - at > 10 ? Number.NaN : Number(bytes.toString('latin1', at, space))
    if (!(length > space - at + 1) || bytes[at + length - 1] !== 0x0a) return undefined
    const record = bytes.subarray(space + 1, at + length - 1)
    const equals = record.indexOf(0x3d)
    if (equals === -1) return undefined
    records.set(record.toString('latin1', 0, equals), record.toString('utf8', equals + 1))
    at += length
  }
  return records
}

export function text(field: Buffer): string {
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? undefined : end)
}

/** Nothing at all stands for 0. */
function octal(field: Buffer): number | undefined {
  const digits = field.toString('latin1').replace(/^ +|[\0 ]+$/g, '')
  if (digits === '') return 0
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}

function base256(field: Buffer): number | undefined {
  if (field[0] !== 0x80) return undefined
  const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
  return Number.isSafeInteger(value) ? value : undefined
}

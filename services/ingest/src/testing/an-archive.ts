import { crc32, deflateRawSync } from 'node:zlib'

export interface TarEntry {
  readonly name: string
  readonly content?: string | Uint8Array
  readonly type?: string
  /** What the header says of the size. */
  readonly size?: number
  readonly pax?: Readonly<Record<string, string>>
  readonly format?: 'ustar' | 'gnu' | 'v7'
}

/** A tar, made byte by byte. */
export function aTar(entries: readonly TarEntry[], end = 2): Buffer {
  return Buffer.concat([...entries.flatMap(tarEntry), Buffer.alloc(512 * end)])
}

function tarEntry({ name, content = '', type = '0', size, pax, format = 'ustar' }: TarEntry): Buffer[] {
  const bytes = Buffer.from(content as string)
  const header = tarHeader(name, size ?? bytes.length, type, format)
  const body = padded(bytes)
  return pax ? [...paxHeader(pax), header, body] : [header, body]
}

function paxHeader(pax: Readonly<Record<string, string>>): Buffer[] {
  const records = Object.entries(pax).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`
    let length = Buffer.byteLength(rest) + 1
    while (String(length).length + Buffer.byteLength(rest) !== length) length += 1
    return `${length}${rest}`
  })
  const bytes = Buffer.from(records.join(''))
  return [tarHeader('pax', bytes.length, 'x', 'ustar'), padded(bytes)]
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

function tarHeader(name: string, size: number, type: string, format: string): Buffer {
  const block = Buffer.alloc(512)
  block.write(name, 0, 100)
  block.write('0000644\0', 100)
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    block.writeUInt8(0x80, 124)
    block.writeBigUInt64BE(BigInt(size), 128)
  }
  block.write('        ', 148)
  block.write(type, 156)
  if (format !== 'v7') block.write(format === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

export interface ZipEntry {
  readonly name: string | Uint8Array
  readonly content?: string | Uint8Array
  readonly stored?: boolean
  readonly mode?: number
  /** General purpose bits: 1 encrypted, 8 sizes follow the data, 0x40 strong encryption, 0x800 UTF-8. */
  readonly flags?: number
  readonly method?: number
  /** What header and directory say of the size before packing, and of the sum. */
  readonly size?: number
  readonly crc?: number
  readonly zip64?: boolean
  /** Where the directory says it begins, in place of where it does. */
  readonly at?: number
}

/** A zip, made byte by byte. */
export function aZip(entries: readonly ZipEntry[], options: { count?: number; comment?: string } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const made = zipEntry(entry, offset)
    locals.push(made.local)
    directory.push(made.central)
    offset += made.local.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const comment = Buffer.from(options.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  const count = options.count ?? entries.length
  end.writeUInt16LE(count & 0xffff, 8)
  end.writeUInt16LE(count & 0xffff, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, ...directory, end, comment])
}

function zipEntry(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const { name: given, content = '', stored = false, mode = 0o100644, flags = 0x800, zip64 = false } = entry
  const bytes = Buffer.from(content as string)
  const name = Buffer.from(given as string)
  const data = stored ? bytes : deflateRawSync(bytes)
  const size = entry.size ?? bytes.length
  const extra = zip64 ? zip64Extra(size, data.length) : Buffer.alloc(0)
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(flags, 2)
  fields.writeUInt16LE(entry.method ?? (stored ? 0 : 8), 4)
  fields.writeUInt32LE((entry.crc ?? crc32(bytes)) >>> 0, 10)
  fields.writeUInt32LE(zip64 ? 0xffffffff : data.length, 14)
  fields.writeUInt32LE(zip64 ? 0xffffffff : size, 18)
  fields.writeUInt16LE(name.length, 22)
  fields.writeUInt16LE(extra.length, 24)
  const later = (flags & 8) !== 0
  const local = Buffer.from(fields)
  if (later) local.fill(0, 10, 22)
  const descriptor = Buffer.alloc(later ? 16 : 0)
  if (later) {
    descriptor.writeUInt32LE(0x08074b50, 0)
    fields.copy(descriptor, 4, 10, 22)
  }
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(((mode << 16) | 0) >>> 0, 6)
  tail.writeUInt32LE(entry.at ?? offset, 10)
  return {
    local: Buffer.concat([word(0x04034b50), local, name, extra, data, descriptor]),
    central: Buffer.concat([word(0x02014b50), Buffer.from([20, 3]), fields, tail, name, extra]),
  }
}

function zip64Extra(size: number, packed: number): Buffer {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(BigInt(size), 4)
  extra.writeBigUInt64LE(BigInt(packed), 12)
  return extra
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

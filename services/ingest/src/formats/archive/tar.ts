import { type ArchiveEntry, ArchiveError } from './archive.ts'
import { ByteReader } from './byte-reader.ts'
import { entryNameFault } from './entry-name.ts'
import { BLOCK, isTarHeader, LARGEST_OCTAL, paxRecords, type TarHeader, tarHeader, text } from './tar-header.ts'

/** Of long names and extended headers: an honest one has a few hundred bytes. */
const MAX_EXTENSION_BYTES = 64 << 10

/**
 * The files of a tar (ustar, PAX, GNU) as they come, in constant memory however many there are; of each the bytes can be
 * read until the next is asked for. The last of several files of one name is the newest: tar's own way to append.
 *
 * Written here because the readers at hand keep an extended header of any size in memory, and let its size win over the
 * header's without a word.
 */
export async function* entriesOfTar(stream: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveEntry> {
  await using reader = new ByteReader(stream)
  let index = 0
  for (;;) {
    const found = await nextFile(reader)
    if (found === undefined) break
    const { header, refusal } = found
    const data = new EntryData(reader, header.size)
    const { name } = header
    if (refusal !== 'folder') {
      if (refusal) yield { ok: false, index, name, ...refusal }
      else yield { ok: true, index, name, bytes: () => data.bytes() }
      index += 1
    }
    await data.leave()
  }
  if (index === 0) throw new ArchiveError('failed_empty', 'the archive holds no file')
}

interface Refusal {
  readonly code: string
  readonly detail: string
}
type Found = {
  readonly header: TarHeader & { readonly size: number }
  readonly refusal: Refusal | 'folder' | undefined
}

/** The next header that is of a file or folder, with what extended headers said of it. */
async function nextFile(reader: ByteReader): Promise<Found | undefined> {
  let pax = new Map<string, string>()
  let longName: string | undefined
  for (;;) {
    const block = await reader.exactly(BLOCK)
    if (block.every((byte) => byte === 0)) {
      // One block of zeros is the end; without it the archive was cut short.
      if (block.byteLength < BLOCK) throw broken('the archive ends early')
      await onlyZeros(reader)
      return undefined
    }
    if (!isTarHeader(block)) throw broken('a header of the archive is broken')
    const header = tarHeader(block)
    if (header.type === 'x' || header.type === 'g') {
      const records = paxRecords(await extension(reader, header))
      if (records === undefined) throw broken('an extended header of the archive is broken')
      if (header.type === 'x') pax = records
      else if (records.has('size') || records.has('path')) throw unsupported('a size or name for all files')
    } else if (header.type === 'L') longName = text(await extension(reader, header))
    else if (header.type === 'K') await extension(reader, header)
    else {
      const size = sizeOf(header, pax)
      const name = pax.get('path') ?? longName ?? header.name
      return { header: { ...header, name, size }, refusal: refusalOf({ ...header, name }, size, pax) }
    }
  }
}

function refusalOf({ type, name, old }: TarHeader, size: number, pax: ReadonlyMap<string, string>): Found['refusal'] {
  if (type === 'S') throw unsupported('sparse files')
  if (type === '5' || (old && type === '0' && name.endsWith('/'))) return 'folder'
  if (type !== '0' && type !== '7') {
    // Readers differ in whether the bytes of a link follow it.
    if (size > 0) throw unsupported('links and devices with content')
    return { code: 'archive_entry_type', detail: 'only regular files are read: no links, devices or pipes' }
  }
  if ([...pax.keys()].some((key) => key.startsWith('GNU.sparse')))
    return { code: 'archive_unsupported', detail: 'sparse files are not read' }
  const fault = entryNameFault(name)
  return fault === undefined ? undefined : { code: 'archive_entry_path', detail: fault }
}

function sizeOf(header: TarHeader, pax: ReadonlyMap<string, string>): number {
  const given = pax.get('size')
  if (given === undefined) {
    if (header.size === undefined) throw broken('a size in the archive is no number')
    return header.size
  }
  const size = /^\d{1,15}$/.test(given) ? Number(given) : undefined
  if (size === undefined || (size !== header.size && size < LARGEST_OCTAL)) throw unsupported('two sizes for one file')
  return size
}

async function extension(reader: ByteReader, { size }: TarHeader): Promise<Buffer> {
  if (size === undefined || size > MAX_EXTENSION_BYTES) throw unsupported('extended headers of that size')
  const padded = await reader.exactly(size + padding(size))
  if (padded.byteLength < size + padding(size)) throw broken('the archive ends early')
  return padded.subarray(0, size)
}

/** The rest is read, so that a checksum around it is compared. */
async function onlyZeros(reader: ByteReader): Promise<void> {
  for (let piece = await reader.some(BLOCK); piece; piece = await reader.some(1 << 16))
    if (piece.some((byte) => byte !== 0)) throw unsupported('bytes after the end of the archive')
}

/** The bytes of one file; what the taker leaves is passed over. */
class EntryData {
  private readonly reader: ByteReader
  private left: number
  private readonly size: number

  constructor(reader: ByteReader, size: number) {
    this.reader = reader
    this.size = size
    this.left = size
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    while (this.left > 0) yield await this.piece()
  }

  async leave(): Promise<void> {
    while (this.left > 0) await this.piece()
    const pad = padding(this.size)
    if ((await this.reader.exactly(pad)).byteLength < pad) throw broken('the archive ends early')
  }

  private async piece(): Promise<Uint8Array> {
    const piece = await this.reader.some(this.left)
    if (piece === undefined) throw broken('the archive ends early')
    this.left -= piece.byteLength
    return piece
  }
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK

function broken(detail: string): ArchiveError {
  return new ArchiveError('bad_compression', detail)
}

function unsupported(what: string): ArchiveError {
  return new ArchiveError('archive_unsupported', `${what} in a tar are not read`)
}

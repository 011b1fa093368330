import type { Adapter } from '../adapters/adapter.ts'
import { type Batches, oneByOne } from './batches.ts'
import { BibtexCutter } from './bibtex-cutter.ts'
import { CsvCutter } from './csv-cutter.ts'
import { keyFinder } from './find-key.ts'
import { firstBytes } from './first-bytes.ts'
import type { Framed, FrameError } from './framed.ts'
import { JsonCutter } from './json-cutter.ts'
import { MAX_RECORD_BYTES } from './limits.ts'
import { LineCutter, tooLong } from './lines.ts'
import { RisCutter } from './ris.ts'
import type { XmlShape } from './shape.ts'
import { sniff } from './sniff.ts'
import { XmlCutter } from './xml-cutter.ts'
import { EncodingError } from './xml-encoding.ts'
import { xmlText } from './xml-text.ts'

/** Cuts what it is fed into records, in order; `finish` tells what the end of the file completes or breaks. */
interface Cutter {
  feed(chunk: Uint8Array): readonly Framed[]
  finish(): readonly Framed[]
}

export interface FileOptions {
  readonly adapter: Pick<Adapter, 'source' | 'formats' | 'shapes' | 'csv' | 'entities'>
  /** Only its ending is looked at: `.jsonl` and `.ndjson` are read line by line whatever the first line looks like. */
  readonly fileName: string
}

// 64 KiB is what a file is read by, and enough to see a first line of any sample but one.
const SNIFF_BYTES = 64 << 10
// A line may be a whole answer of an API: a page of 200 works of OpenAlex has 3 to 6 MB. Each record in it keeps to 4 MiB.
const MAX_ANSWER_BYTES = 64 << 20

/**
 * Cuts a decompressed file into its records, in order, holding those of one read at a time. What is wrong with one record is
 * told in its place; a `fatal` error is the last thing told; a file without records gives one error.
 */
export async function* batchesOfFile(
  stream: AsyncIterable<Uint8Array>,
  options: FileOptions,
): AsyncGenerator<readonly Framed[]> {
  const { head, all } = await firstBytes(stream, SNIFF_BYTES, true)
  const seen = sniff(head, options.fileName)
  let told = 0
  for await (const batch of cut(seen, head, all, options)) {
    told += batch.length
    if (batch.length > 0) yield batch
  }
  if (told === 0) yield [refused('unexpected_format', 'the file holds no records')]
}

/** The same, one by one. */
export function recordsOfFile(stream: AsyncIterable<Uint8Array>, options: FileOptions): AsyncGenerator<Framed> {
  return oneByOne(batchesOfFile(stream, options))
}

function cut(
  seen: ReturnType<typeof sniff>,
  head: Buffer,
  all: AsyncIterable<Uint8Array>,
  options: FileOptions,
): Batches | (readonly Framed[])[] {
  const { adapter } = options
  if (seen.kind === 'refused') return [[refused(seen.code, seen.detail)]]
  const format = seen.kind === 'lines' ? 'json' : seen.kind
  if (!adapter.formats.includes(format)) {
    const is = format === 'csv' ? 'something else' : format
    const detail = `records of ${adapter.source} are ${adapter.formats.join(' or ')}, this is ${is}`
    return [[refused('unexpected_format', detail)]]
  }
  if (seen.kind === 'xml') return fromXml(head, all, adapter)
  if (seen.kind === 'bibtex') return fedTo(new BibtexCutter(), all)
  if (seen.kind === 'ris') return fedTo(new RisCutter(), all)
  if (seen.kind === 'csv') return fedTo(new CsvCutter(adapter.csv), all)
  const paths = adapter.shapes.flatMap((shape) => (shape.format === 'json' ? [shape.path] : []))
  return seen.kind === 'lines' ? fromLines(all, paths) : fromDocuments(all, paths, seen.skip)
}

async function* fedTo(cutter: Cutter, all: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Framed[]> {
  for await (const chunk of all) yield cutter.feed(chunk)
  yield cutter.finish()
}

async function* fromDocuments(
  all: AsyncIterable<Uint8Array>,
  paths: readonly (readonly string[])[],
  skip: number,
): AsyncGenerator<readonly Framed[]> {
  const cutter = new JsonCutter(paths, skip)
  let toSkip = skip
  for await (const chunk of all) {
    yield cutter.feed(chunk.subarray(toSkip))
    toSkip = Math.max(toSkip - chunk.byteLength, 0)
  }
  yield cutter.finish()
}

async function* fromLines(
  all: AsyncIterable<Uint8Array>,
  paths: readonly (readonly string[])[],
): AsyncGenerator<readonly Framed[]> {
  const lines = new LineCutter(MAX_ANSWER_BYTES)
  const keys = [...new Set(paths.flatMap(([first]) => (first === undefined || first === '*' ? [] : [first])))].map(
    keyFinder,
  )
  for await (const chunk of all) yield lines.feed(chunk).flatMap((line) => unwrapped(line, paths, keys))
  yield lines.finish().flatMap((line) => unwrapped(line, paths, keys))
}

/** A line that is a whole answer of an API gives the records in it; any other line is one record. */
function unwrapped(
  line: Framed,
  paths: readonly (readonly string[])[],
  keys: readonly ReturnType<typeof keyFinder>[],
): Framed | readonly Framed[] {
  if (!line.ok) return line
  const { bytes, ordinal, offset } = line.element
  if (bytes[0] === 0x7b && keys.some((find) => find(bytes) !== -1)) {
    const cutter = new JsonCutter(paths, offset, ordinal)
    const records = [...cutter.feed(bytes), ...cutter.finish()]
    // A line that cannot be cut is handed over whole, for the parser to say what is wrong with it.
    if (records.length > 0 && records.every((record) => record.ok || !record.error.fatal)) return records
  }
  return bytes.byteLength > MAX_RECORD_BYTES ? tooLong(ordinal, offset, MAX_RECORD_BYTES) : line
}

async function* fromXml(
  head: Buffer,
  all: AsyncIterable<Uint8Array>,
  adapter: FileOptions['adapter'],
): AsyncGenerator<readonly Framed[]> {
  const decoded = xmlText(head, all)
  if (!decoded.ok) return yield [refused(decoded.code, decoded.detail)]
  const { encoding, skip } = decoded
  const shapes = adapter.shapes.filter((shape): shape is XmlShape => shape.format === 'xml')
  const cutter = new XmlCutter(shapes, { encoding, offset: skip, entities: adapter.entities })
  try {
    for await (const text of decoded.text) yield cutter.feed(text)
    yield cutter.finish()
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error
    yield [refused(error.code, error.message)]
  }
}

function refused(code: string, detail: string): Framed {
  const error: FrameError = { code, detail, ordinal: 1, offset: 0, fatal: true }
  return { ok: false, error }
}

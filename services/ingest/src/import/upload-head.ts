import type { IncomingMessage } from 'node:http'
import { Problem, quoted } from '@atlas/runtime'
import { contentLengthOf, digestOf, fetchedAtOf, one } from '../push/request-head.ts'
import type { UploadOptions } from '../store/uploads.ts'

/** What an upload says about itself before its first byte. */
export interface UploadHead {
  readonly source: string
  readonly options: UploadOptions
  /** For display, and for its ending. */
  readonly name: string
  readonly sha256: string | null
  /** `Content-Digest`, hex. */
  readonly digest: string | undefined
  readonly isForm: boolean
  readonly contentLength: number | null
}

type Query = Readonly<Record<string, unknown>>

const CLOSE = { headers: { Connection: 'close' } }
const PARAMETERS = ['source', 'name', 'sha256', 'dryRun', 'keepGoing', 'size']

/** What each type of content is called where the sender gives no name. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['application/x-ndjson', '.ndjson'],
  ['application/json', '.json'],
  ['application/xml', '.xml'],
  ['text/xml', '.xml'],
  ['application/gzip', '.gz'],
  ['application/x-gzip', '.gz'],
  ['application/zstd', '.zst'],
  ['application/zip', '.zip'],
  ['application/x-tar', '.tar'],
  ['text/csv', '.csv'],
  ['text/tab-separated-values', '.tsv'],
  ['application/x-bibtex', '.bib'],
  ['application/x-research-info-systems', '.ris'],
  ['text/plain', ''],
  ['application/octet-stream', ''],
  ['multipart/form-data', ''],
])

/** Reads the head strictly: whatever is misspelt is refused before anything of the body is read. */
export function readUploadHead(request: IncomingMessage, query: Query, now: number): UploadHead {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const ending = ENDINGS.get(type)
  if (ending === undefined)
    throw refusal(415, 'unsupported_media_type', `send the file itself as one of ${[...ENDINGS.keys()].join(', ')}`)
  if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    throw refusal(415, 'encoding_unsupported', 'send the compressed file as it is, without Content-Encoding')
  return {
    ...readUploadOptions(request, query, now),
    ...(parameter(query, 'name') === undefined ? { name: `upload${ending}` } : {}),
    digest: digestOf(one(request, 'content-digest', 'invalid_digest')),
    isForm: type === 'multipart/form-data',
    contentLength: contentLengthOf(request) ?? null,
  }
}

/** The part of it that a resumable upload has, too. */
export function readUploadOptions(request: IncomingMessage, query: Query, now: number) {
  for (const name of Object.keys(query))
    if (!PARAMETERS.includes(name))
      throw refusal(400, 'unknown_parameter', `${quoted(name)} is not known here; there are ${PARAMETERS.join(', ')}`)
  const source = parameter(query, 'source')
  if (source === undefined) throw refusal(400, 'invalid_parameter', 'source says whose records these are')
  const sha256 = parameter(query, 'sha256')?.toLowerCase() ?? null
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256))
    throw refusal(400, 'invalid_parameter', 'sha256 is 64 hexadecimal digits')
  const fetchedAt = fetchedAtOf(one(request, 'fetched-at', 'invalid_date'), now)
  const name = displayName(parameter(query, 'name') ?? 'upload')
  return {
    source,
    sha256,
    name,
    options: { fetchedAt, dryRun: flag(query, 'dryRun'), keepGoing: flag(query, 'keepGoing') },
  }
}

/** Of an upload that comes in parts: all of its bytes; null where that is not known yet. */
export function sizeOf(query: Query): number | null {
  const text = parameter(query, 'size')
  if (text === undefined) return null
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text)
  throw refusal(400, 'invalid_parameter', 'size is the number of bytes of the whole')
}

export function parameter(query: Query, name: string): string | undefined {
  const value = query[name]
  if (value === undefined || typeof value === 'string') return value
  throw refusal(400, 'repeated_parameter', `send ${name} once`)
}

export function flag(query: Query, name: string): boolean {
  const value = parameter(query, name)
  if (value === undefined || value === 'false') return false
  if (value === '' || value === 'true') return true
  throw refusal(400, 'invalid_parameter', `${name} is true or false`)
}

const NAME_CHARACTERS = 255

/** A name to be shown: no path, no character that moves others about. Nothing is ever opened by it. */
export function displayName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const shown = last.toWellFormed().replace(/\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
  return shown.length > NAME_CHARACTERS ? `${shown.slice(0, NAME_CHARACTERS)}…` : shown || 'upload'
}

function refusal(status: number, code: string, detail: string): Problem {
  return new Problem(status, code, detail, CLOSE)
}

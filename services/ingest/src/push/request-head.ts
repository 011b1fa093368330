import type { IncomingMessage } from 'node:http'
import { Problem, quoted } from '@atlas/runtime'

/** What the head of a push says about its body. */
export interface RequestHead {
  readonly encoding: 'identity' | 'gzip' | 'zstd'
  readonly fetchedAt: number | null
  readonly batchId: string | undefined
  /** SHA-256 of the body as sent, hex. */
  readonly digest: string | undefined
  readonly contentLength: number | undefined
  readonly verbose: boolean
  readonly atomic: boolean
  /** Says what would become of each line, and keeps nothing. */
  readonly dryRun: boolean
}

/** Reads the head strictly: whatever is misspelt is refused before anything of the body is read. */
export function readHead(request: IncomingMessage, query: Readonly<Record<string, unknown>>, now: number): RequestHead {
  checkMediaType(request)
  return {
    encoding: encodingOf(request),
    fetchedAt: fetchedAtOf(one(request, 'fetched-at', 'invalid_date'), now),
    batchId: batchIdOf(one(request, 'batch-id', 'invalid_batch_id')),
    digest: digestOf(one(request, 'content-digest', 'invalid_digest')),
    contentLength: contentLengthOf(request),
    ...flagsOf(query),
  }
}

export function one(request: IncomingMessage, name: string, code: string): string | undefined {
  const given = request.headersDistinct[name] ?? []
  if (given.length > 1) throw refusal(400, code, `send ${name} once`)
  return given[0]
}

function refusal(status: number, code: string, detail: string): Problem {
  return new Problem(status, code, detail, { headers: { Connection: 'close' } })
}

function checkMediaType(request: IncomingMessage): void {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  if (type.trim() !== 'application/x-ndjson')
    throw refusal(415, 'unsupported_media_type', 'send application/x-ndjson: one object per line, no array around them')
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim())
    if (name === 'charset' && value.replace(/^"(.*)"$/, '$1') !== 'utf-8')
      throw refusal(415, 'charset_unsupported', 'send UTF-8')
  }
}

function encodingOf(request: IncomingMessage): RequestHead['encoding'] {
  const coding = (request.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (coding === 'identity' || coding === 'gzip' || coding === 'zstd') return coding
  throw refusal(415, 'encoding_unsupported', 'send the body plain, or compressed once by gzip or zstd')
}

const MAX_AHEAD_MS = 5 * 60_000
const DATE = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/** ISO 8601 with a zone, of a day that exists; undefined otherwise. */
export function parseInstant(text: string): number | undefined {
  const match = DATE.exec(text)
  const time = match ? Date.parse(text) : Number.NaN
  if (!match || Number.isNaN(time)) return undefined
  const [, year, month, day] = match.map(Number)
  // Date.parse takes the 30th of February for the 2nd of March.
  const lastDay = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate()
  return (year ?? 0) >= 1900 && (day ?? 32) <= lastDay ? time : undefined
}

export function fetchedAtOf(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  const time = parseInstant(text)
  if (time === undefined)
    throw refusal(400, 'invalid_date', `Fetched-At ${quoted(text)} is not a date such as "2026-01-31T08:30:00Z"`)
  if (time > now + MAX_AHEAD_MS) throw refusal(400, 'date_in_future', 'Fetched-At lies in the future; set your clock')
  return time
}

function batchIdOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9._-]{1,64}$/.test(text)) return text
  throw refusal(400, 'invalid_batch_id', 'Batch-Id is 1 to 64 letters, digits, dots, dashes or underscores')
}

export function digestOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const given = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(text)?.[1]
  if (given === undefined) throw refusal(400, 'invalid_digest', 'Content-Digest is "sha-256=:<base64>:"')
  return Buffer.from(given, 'base64').toString('hex')
}

// 2^53 bytes: nobody sends that; Node would wait for it.
export function contentLengthOf(request: IncomingMessage): number | undefined {
  const text = request.headers['content-length']
  if (text === undefined) return undefined
  if (Number.isSafeInteger(Number(text))) return Number(text)
  throw refusal(413, 'body_too_large', 'no body is that long')
}

const FLAGS = ['verbose', 'atomic', 'dryRun'] as const

function flagsOf(query: Readonly<Record<string, unknown>>): Pick<RequestHead, (typeof FLAGS)[number]> {
  const flag = (name: (typeof FLAGS)[number], unsaid: boolean): boolean => {
    const value = query[name]
    if (value === undefined) return unsaid
    if (value === 'false') return false
    if (value === '' || value === 'true') return true
    throw refusal(400, 'invalid_parameter', `${name} is true or false`)
  }
  for (const name of Object.keys(query))
    if (!FLAGS.some((known) => known === name))
      throw refusal(400, 'unknown_parameter', `${quoted(name)} is not known here; there are ${FLAGS.join(', ')}`)
  const dryRun = flag('dryRun', false)
  // Who asks what would happen wants to know it of each line.
  return { dryRun, verbose: flag('verbose', dryRun), atomic: flag('atomic', false) }
}

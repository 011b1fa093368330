import type { PushServer, SendOptions } from '../../../services/ingest/src/testing/a-push-server.ts'

/** A push that is bad, or odd, by its numbers in the corpus of inputs, and everything that must come of it. */
export interface PushCase {
  readonly id: string
  readonly title: string
  /** Anew at each call: records of ids that nothing else has. */
  readonly make: (to: Pick<PushServer, 'key' | 'keyId'>) => SendOptions
  readonly expect: PushExpected
}

export interface PushExpected {
  readonly status: number
  /** Of the whole request. */
  readonly code?: string
  /** Mistakes of lines, in order: `code line[:column] [pointer]`. */
  readonly refused?: readonly string[]
  /** Lines that were kept, or refused, before a request was refused as a whole: the answer says so. `any`: it depends on how the bytes arrive. */
  readonly committedLines?: number | 'any'
  /** By outcome; those left out are 0. */
  readonly counts?: Readonly<Record<string, number>>
  /** Messages that wait to be sent, one a record; as many as are stored, where this is left out. */
  readonly published?: number
  /** Oddities of records that are kept: `code line pointer`. */
  readonly warned?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Bytes that are no valid HTTP, or that Node's own client would not send. */
export interface WireCase {
  readonly id: string
  readonly title: string
  readonly make: (to: Pick<PushServer, 'key'>) => string | Uint8Array
  readonly status: number
  /** None where Node answers by itself. */
  readonly code?: string
}

export type Bytes = string | Uint8Array

let made = 0
/** An id that no other record of the run has. */
export const newId = () => `case-${++made}`
export const record = (rest: object = {}) => JSON.stringify({ id: newId(), title: 'T', ...rest })
export const good = () => `${record()}\n`
export const withRaw = (raw: string) => `{"id":"${newId()}","title":"T","x":${raw}}`
/** The same under an id of its own that is never kept, so that columns are known. */
export const bad = (raw: string) => () => `{"id":"a","x":${raw}}`
export const bytes = (...parts: (string | Uint8Array | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))))

/** Lines that are refused, by their places, and nothing beside them. */
export const refused = (id: string, title: string, body: () => Bytes, ...places: readonly string[]): PushCase => ({
  id,
  title,
  make: () => ({ body: body() }),
  expect: { status: 200, refused: places, counts: { refused: 1 } },
})

/** What looks odd and is taken: a validator that refuses it is wrong. */
export const taken = (id: string, title: string, body: () => Bytes, more: Partial<PushExpected> = {}): PushCase => ({
  id,
  title,
  make: () => ({ body: body() }),
  expect: { status: 200, counts: { stored: 1 }, ...more },
})

/** A request that is refused as a whole. */
export const request = (
  id: string,
  title: string,
  make: PushCase['make'],
  status: number,
  code: string,
  more: Partial<PushExpected> = {},
): PushCase => ({ id, title, make, expect: { status, code, ...more } })

export const header = (name: string, value: string | readonly string[]) => (): SendOptions => ({
  headers: { [name]: value },
  body: good(),
})

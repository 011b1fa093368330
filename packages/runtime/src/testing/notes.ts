import { createHash } from 'node:crypto'
import type { OutgoingMessage } from '../bus/port.ts'
import { done, type Handler, skipped } from '../consumer/contract.ts'
import type { ConsumerDefinition } from '../consumer/definition.ts'

/** The message of these tests: one note, of an object or of a key's sequence. */
export interface Note {
  readonly id: string
  readonly eventId: string
  readonly key: string
  /** Revision of a snapshot, `seq` of a fact. */
  readonly revision: number
  readonly text: string
}

/** The same name always the same id. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function aNote(key: string, revision: number, changes: Partial<Note> = {}): Note {
  return { id: key, key, revision, eventId: uuidOf(`${key}#${revision}`), text: `${key} at ${revision}`, ...changes }
}

/** Magic, schema id 1, JSON: the frame is the real one, the value is readable. */
export function encodeNote(note: Note): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), Buffer.from(JSON.stringify(note))])
}

export function messageOfNote(note: Note, headers: Readonly<Record<string, string>> = {}): OutgoingMessage {
  return {
    key: note.key,
    value: encodeNote(note),
    headers: {
      'event-id': note.eventId,
      revision: String(note.revision),
      type: 'note',
      'produced-at': new Date().toISOString(),
      env: 'test',
      trace: '',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      ...headers,
    },
  }
}

export const decodeNote: ConsumerDefinition<Note>['decode'] = async ({ value }) => {
  try {
    return { ok: true, value: JSON.parse((value ?? Buffer.alloc(0)).subarray(5).toString()) }
  } catch {
    return { ok: false, code: 'avro_decode', detail: 'not a note' }
  }
}

/** Stores the state over an older one; counts how often each object was really written. */
export const storeNotes: Handler<Note> = async (tx, messages) => {
  const { rows } = await tx.query<{ id: string; revision: number }>(
    `insert into objects (id, revision, text)
     select distinct on (id) * from unnest($1::text[], $2::bigint[], $3::text[]) as t(id, revision, text)
      order by id, revision desc
     on conflict (id) do update set revision = excluded.revision, text = excluded.text, applied = objects.applied + 1
      where objects.revision < excluded.revision
     returning id, revision`,
    [
      messages.map(({ value }) => value.id),
      messages.map(({ value }) => value.revision),
      messages.map(({ value }) => value.text),
    ],
  )
  const written = new Set(rows.map(({ id, revision }) => `${id}#${revision}`))
  return messages.map(({ value }) => (written.has(`${value.id}#${value.revision}`) ? done() : skipped('stale')))
}

/** Writes each fact down in the order it came. */
export const logFacts: Handler<Note> = async (tx, messages) => {
  await tx.query(
    `insert into applied_log (key, seq, text)
     select key, seq, text from unnest($1::text[], $2::bigint[], $3::text[]) with ordinality as t(key, seq, text, place)
      order by place`,
    [
      messages.map(({ value }) => value.key),
      messages.map(({ value }) => value.revision),
      messages.map(({ value }) => value.text),
    ],
  )
  return messages.map(() => done())
}

export function noteDefinition(changes: Partial<ConsumerDefinition<Note>> = {}): ConsumerDefinition<Note> {
  return {
    service: 'test',
    topic: 'notes',
    kind: 'snapshot',
    partitions: 4,
    env: 'test',
    types: ['note'],
    decode: decodeNote,
    describe: ({ eventId, key, revision }) => ({ eventId, key, revision }),
    handle: storeNotes,
    ...changes,
  }
}

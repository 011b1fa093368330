import { createHash } from 'node:crypto'
import { partitionOf } from '../bus/partition.ts'
import type { RawMessage } from './contract.ts'
import type { Described } from './definition.ts'

/** Why a message cannot be processed; `alarm` where somebody has to look. */
export interface Refusal {
  readonly code: string
  readonly detail: string
  readonly alarm: boolean
}

interface FrameContext {
  readonly env: string
  readonly partitions: number
  readonly types: readonly string[] | undefined
}

interface Rule<Subject> {
  readonly code: string
  readonly alarm?: true
  /** What is wrong, or undefined. */
  readonly fault: (subject: Subject, context: FrameContext) => string | undefined
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const WHOLE = /^[1-9][0-9]{0,15}$/
const header = (raw: RawMessage, name: string): string | undefined => raw.headers.get(name)
const shown = (value: string | null | undefined): string =>
  value === undefined || value === null ? 'none' : `"${value.slice(0, 80)}"`

/** Checked before the bytes are decoded; the first that finds a fault names the message's code. */
export const FRAME_RULES: readonly Rule<RawMessage>[] = [
  { code: 'bad_headers', fault: (raw) => raw.headerFault },
  {
    code: 'wrong_environment',
    alarm: true,
    fault: (raw, { env }) =>
      header(raw, 'env') === env ? undefined : `header env is ${shown(header(raw, 'env'))}, ours is "${env}"`,
  },
  {
    code: 'bad_event_id',
    fault: (raw) =>
      UUID.test(header(raw, 'event-id') ?? '') ? undefined : `header event-id is ${shown(header(raw, 'event-id'))}`,
  },
  { code: 'bad_key', fault: ({ key }) => (key ? undefined : `the key is ${key === null ? 'null' : 'empty'}`) },
  {
    code: 'wrong_partition',
    alarm: true,
    fault: ({ key, partition }, { partitions }) => {
      const right = partitionOf(key ?? '', partitions)
      return right === partition
        ? undefined
        : `the key belongs in partition ${right} of ${partitions}, not ${partition}`
    },
  },
  {
    code: 'bad_version',
    fault: (raw) => {
      const text = header(raw, 'revision') ?? ''
      return WHOLE.test(text) && Number.isSafeInteger(Number(text)) ? undefined : `header revision is ${shown(text)}`
    },
  },
  {
    code: 'unknown_type',
    fault: (raw, { types }) => {
      const type = header(raw, 'type') ?? ''
      return (types ? types.includes(type) : type !== '') ? undefined : `header type is ${shown(header(raw, 'type'))}`
    },
  },
  { code: 'null_value', fault: ({ value }) => (value === null ? 'the value is null' : undefined) },
  {
    code: 'frame_too_short',
    fault: ({ value }) => ((value?.length ?? 0) < 5 ? `the value has ${value?.length ?? 0} bytes` : undefined),
  },
  { code: 'bad_magic', fault: ({ value }) => (value?.[0] === 0 ? undefined : guessMagic(value)) },
]

interface Body {
  readonly raw: RawMessage
  readonly described: Described
}

/** Checked when the value is decoded: headers and key must say what the body says. */
export const BODY_RULES: readonly Rule<Body>[] = [
  {
    code: 'event_id_mismatch',
    fault: ({ raw, described }) =>
      header(raw, 'event-id')?.toLowerCase() === described.eventId.toLowerCase()
        ? undefined
        : `header event-id is ${shown(header(raw, 'event-id'))}, the body has "${described.eventId}"`,
  },
  {
    code: 'bad_key',
    fault: ({ raw, described }) =>
      raw.key === described.key ? undefined : `the key is ${shown(raw.key)}, the body has ${shown(described.key)}`,
  },
  {
    code: 'bad_version',
    fault: ({ raw, described }) =>
      Number(header(raw, 'revision')) === described.revision
        ? undefined
        : `header revision is ${shown(header(raw, 'revision'))}, the body has ${described.revision}`,
  },
  {
    code: 'type_mismatch',
    fault: ({ raw, described }) =>
      described.type === undefined || header(raw, 'type') === described.type
        ? undefined
        : `header type is ${shown(header(raw, 'type'))}, the body is "${described.type}"`,
  },
]

/** The first rule of the table that the subject breaks. */
export function firstFault<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  context: FrameContext,
): Refusal | undefined {
  for (const { code, alarm = false, fault } of rules) {
    const detail = fault(subject, context)
    if (detail !== undefined) return { code, detail, alarm }
  }
  return undefined
}

function guessMagic(value: Buffer | null): string {
  const [first, second] = value ?? []
  if (first === 0x7b || first === 0x5b) return `the value starts with ${first}: plain JSON`
  if (first === 0x1f && second === 0x8b) return 'the value starts with 1f8b: gzip'
  return `the value starts with ${first}, not 0`
}

/** What tells one message from another at the same place of a recreated log. */
export function identityOf(raw: RawMessage): string {
  const eventId = header(raw, 'event-id')
  if (eventId !== undefined && UUID.test(eventId)) return eventId.toLowerCase()
  const hash = createHash('sha256')
  hash.update(JSON.stringify([raw.key, [...raw.headers]]))
  if (raw.value) hash.update(raw.value)
  return `sha256:${hash.digest('hex')}`
}

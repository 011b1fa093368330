import { TOPICS, type TopicName } from '@atlas/schemas'
import type { Dumps, Message, Samples } from '../dumps.ts'
import { countBy, type Invariant } from '../verdict.ts'

const objectName = (topic: TopicName, objectId: string) => `${topic} ${objectId}`
const isFact = (topic: TopicName) => TOPICS[topic].kind === 'fact'

/** A message that could be read, and so is about an object. */
type Readable = Message & { readonly objectId: string }
const isReadable = (message: Message): message is Readable => message.objectId !== null

/** The highest number in the log of each object. */
function highestIn(log: readonly Message[]): ReadonlyMap<string, number> {
  const highest = new Map<string, number>()
  for (const { topic, objectId, number } of log.filter(isReadable)) {
    const name = objectName(topic, objectId)
    highest.set(name, Math.max(highest.get(name) ?? 0, number))
  }
  return highest
}

export const V05: Invariant = {
  id: 'V05',
  title: 'what the outbox has sent is in the topic',
  check({ references, facts, owned, log }) {
    const events = countBy(log, ({ topic, eventId }) => `${topic} ${eventId}`)
    const highest = highestIn(log)
    const state = new Map(owned.map(({ topic, objectId, revision }) => [objectName(topic, objectId), revision]))
    const violations: string[] = []
    const sent = facts.filter((fact) => fact.sent)
    for (const { topic, eventId, key, seq } of sent)
      if (!events.has(`${topic} ${eventId}`))
        violations.push(`${topic} ${key} seq ${seq} was sent and is not in the log`)
    const referenced = new Set(
      references.filter((r) => r.sent).map(({ topic, objectId }) => objectName(topic, objectId)),
    )
    for (const name of referenced) {
      const [revision, found] = [state.get(name), highest.get(name)]
      if (revision !== found)
        violations.push(`${name} is at ${revision ?? 'nothing'} and the log's highest is ${found ?? 'nothing'}`)
    }
    const unsent = references.filter((r) => !r.sent).length + facts.filter((f) => !f.sent).length
    if (unsent > 0) violations.push(`${unsent} rows of outboxes are not sent`)
    const duplicates = [...events.values()].reduce((sum, count) => sum + count - 1, 0)
    const figures = { facts: sent.length, objects: referenced.size, messages: log.length, duplicates }
    return { looked: sent.length + referenced.size, figures, violations }
  },
}

export const V06: Invariant = {
  id: 'V06',
  title: 'first occurrences in the log are in order',
  check({ log }) {
    const inOrder = log.filter(isReadable).sort((a, b) => a.partition - b.partition || a.offset - b.offset)
    const last = new Map<string, number>()
    const seen = new Set<string>()
    const violations: string[] = []
    for (const { topic, key, objectId, number, partition, offset } of inOrder) {
      const name = objectName(topic, isFact(topic) ? key : objectId)
      if (seen.has(`${name} ${number}`)) continue
      seen.add(`${name} ${number}`)
      const before = last.get(name)
      // The start of the log may be past what is kept: the first that is there is right whatever it is.
      const wrong = before !== undefined && (isFact(topic) ? number !== before + 1 : number < before)
      if (wrong) violations.push(`${name} has ${number} after ${before} at ${partition}/${offset}`)
      last.set(name, Math.max(before ?? 0, number))
    }
    return { looked: seen.size, figures: { numbers: seen.size, keys: last.size }, violations }
  },
}

export const V07: Invariant = {
  id: 'V07',
  title: 'every message of a topic is applied or set aside by each group, facts once each',
  check(dumps) {
    const { log, progress, quarantine } = dumps
    const groups = [...new Map(progress.map(({ group, topic }) => [group, topic]))]
    const aside = new Set(
      quarantine
        .filter(({ state }) => state !== 'replayed')
        .map((row) => `${row.group} ${row.partition}/${row.offset}`),
    )
    const violations: string[] = []
    let compared = 0
    for (const [group, topic] of groups) {
      const isAside = ({ partition, offset }: Message) => aside.has(`${group} ${partition}/${offset}`)
      const messages = log.filter((message) => message.topic === topic)
      const wanted = newestOf(messages.filter(isReadable))
      const judge = judgeOf(dumps, group, topic)
      for (const newest of wanted.values()) {
        compared++
        const fault = judge(newest[0])
        if (fault !== undefined && !newest.some(isAside)) violations.push(`${group} ${fault}`)
      }
      for (const message of messages.filter((candidate) => !isReadable(candidate))) {
        compared++
        if (!isAside(message))
          violations.push(
            `${group} has not set aside ${topic} ${message.partition}/${message.offset}, which cannot be read`,
          )
      }
    }
    return { looked: compared, figures: { groups: groups.length, compared, aside: aside.size }, violations }
  },
}

/** Of each object the messages with its highest number; each fact is an object of its own. */
function newestOf(messages: readonly Readable[]): ReadonlyMap<string, readonly [Readable, ...Readable[]]> {
  const newest = new Map<string, [Readable, ...Readable[]]>()
  for (const message of messages) {
    const before = newest.get(message.objectId)
    if (!before || before[0].number < message.number) newest.set(message.objectId, [message])
    else if (before[0].number === message.number) before.push(message)
  }
  return newest
}

/** What is wrong with how a group has dealt with an object's newest message, if anything. */
function judgeOf(
  { stored, applied }: Pick<Dumps, 'stored' | 'applied'>,
  group: string,
  topic: TopicName,
): (message: Readable) => string | undefined {
  if (isFact(topic)) {
    const times = countBy(
      applied.filter((fact) => fact.group === group && fact.topic === topic),
      ({ key, seq }) => `${key} ${seq}`,
    )
    return ({ key, number }) => {
      const found = times.get(`${key} ${number}`) ?? 0
      return found === 1 ? undefined : `applied ${topic} ${key} seq ${number} ${found} times`
    }
  }
  const have = new Map(
    stored.filter((row) => row.group === group && row.topic === topic).map((row) => [row.objectId, row.revision]),
  )
  return ({ objectId, number }) => {
    const found = have.get(objectId)
    return found === number ? undefined : `has ${topic} ${objectId} at ${found ?? 'nothing'} of ${number}`
  }
}

export const V08: Invariant = {
  id: 'V08',
  title: 'committed offsets are never ahead of effects',
  check({ progress, samples }) {
    const committed = progress.filter((row) => row.committed !== null)
    const atTheEnd = committed
      .filter((row) => (row.committed ?? 0) > row.nextOffset)
      .map((row) => `${row.group}/${row.partition} committed ${row.committed} and has effects to ${row.nextOffset}`)
    const onTheWay = samples.ahead.map(({ group, partition, committed, nextOffset }) => {
      return `${group}/${partition} had committed ${committed} while it had effects to ${nextOffset}`
    })
    return {
      looked: committed.length,
      figures: { partitions: progress.length, committed: committed.length, ...sampled(samples) },
      violations: [...atTheEnd, ...onTheWay],
    }
  },
}

export const V09: Invariant = {
  id: 'V09',
  title: 'every group has read every log to its end, and never went back',
  check({ progress, ends, samples }) {
    const violations = samples.back.map(({ group, partition, before, nextOffset }) => {
      return `${group}/${partition} went back from ${before} to ${nextOffset}`
    })
    const groups = [...new Map(progress.map(({ group, topic }) => [group, topic]))]
    const at = new Map(progress.map((row) => [`${row.group}/${row.partition}`, row]))
    let looked = 0
    for (const [group, topic] of groups)
      for (const { partition, high } of ends.filter((end) => end.topic === topic)) {
        looked++
        const row = at.get(`${group}/${partition}`)
        if (row?.halted) violations.push(`${group}/${partition} is halted: ${row.halted}`)
        if ((row?.nextOffset ?? 0) !== high)
          violations.push(`${group}/${partition} is at ${row?.nextOffset ?? 0} of ${high}`)
      }
    const figures = { groups: groups.length, partitions: looked, ...sampled(samples) }
    return { looked, figures, violations }
  },
}

function sampled({ taken, missed }: Samples) {
  return { samples: taken, missed }
}

/** Every code of `docs/errors.md` a message may be set aside with; of PostgreSQL `pg_` and its own. */
export const QUARANTINE_CODES: ReadonlySet<string> = new Set([
  'avro_decode',
  'avro_too_large',
  'bad_event_id',
  'bad_headers',
  'bad_key',
  'bad_magic',
  'bad_version',
  'blocked_by_quarantine',
  'constraint',
  'crash_loop',
  'event_id_conflict',
  'event_id_mismatch',
  'forbidden_character',
  'forbidden_key',
  'frame_too_short',
  'handler_defect',
  'handler_timeout',
  'invalid_date',
  'invalid_utf8',
  'message_too_large',
  'null_value',
  'number_out_of_range',
  'schema_not_for_topic',
  'schema_type_unsupported',
  'schema_unknown',
  'too_deep',
  'type_mismatch',
  'unknown_type',
  'version_conflict',
  'wrong_environment',
  'wrong_partition',
])

export const V28: Invariant = {
  id: 'V28',
  title: 'quarantine holds exactly what was poisoned, each with a known reason',
  check({ progress, quarantine }, _history, { poisons }) {
    const open = quarantine.filter(({ state }) => state === 'open')
    const places = open.map(({ group, partition, offset, code }) => `${group} ${partition}/${offset} has "${code}"`)
    const violations = open.flatMap(({ code }, index) =>
      QUARANTINE_CODES.has(code) || code.startsWith('pg_') ? [] : [`${places[index]}, which is no known code`],
    )
    if (poisons !== undefined && open.length !== poisons)
      violations.push(`${open.length} messages are set aside and ${poisons} were poisoned`, ...places)
    // Each group that has read something could have set something aside.
    const groups = new Set(progress.map(({ group }) => group)).size
    const figures = { groups, open: open.length, all: quarantine.length, ...(poisons === undefined ? {} : { poisons }) }
    return { looked: groups + quarantine.length, figures, violations }
  },
}

import type { TopicName } from '@atlas/schemas'
import type { Message } from '../dumps.ts'
import { countBy, type Invariant } from '../verdict.ts'

const objectName = (topic: TopicName, objectId: string) => `${topic} ${objectId}`

/** The highest number in the log of each object. */
function highestIn(log: readonly Message[]): ReadonlyMap<string, number> {
  const highest = new Map<string, number>()
  for (const { topic, objectId, number } of log) {
    if (objectId === null) continue
    const name = objectName(topic, objectId)
    highest.set(name, Math.max(highest.get(name) ?? 0, number))
  }
  return highest
}

export const V05: Invariant = {
  id: 'V05',
  says: 'what the outbox has sent is in the topic',
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
    return { figures: { facts: sent.length, objects: referenced.size, messages: log.length, duplicates }, violations }
  },
}

export const V06: Invariant = {
  id: 'V06',
  says: 'first occurrences in the log are in order',
  check({ log, facts }) {
    const factTopics = new Set(facts.map(({ topic }) => topic))
    factTopics.add('acts')
    const inOrder = [...log].sort((a, b) => a.partition - b.partition || a.offset - b.offset)
    const last = new Map<string, number>()
    const seen = new Set<string>()
    const violations: string[] = []
    for (const { topic, key, objectId, number, partition, offset } of inOrder) {
      const isFact = factTopics.has(topic)
      const name = objectName(topic, isFact ? key : (objectId ?? `${partition}/${offset}`))
      if (seen.has(`${name} ${number}`)) continue
      seen.add(`${name} ${number}`)
      const before = last.get(name) ?? 0
      const wrong = isFact ? number !== before + 1 : number < before
      if (wrong) violations.push(`${name} has ${number} after ${before} at ${partition}/${offset}`)
      last.set(name, Math.max(before, number))
    }
    return { figures: { numbers: seen.size, keys: last.size }, violations }
  },
}

export const V07: Invariant = {
  id: 'V07',
  says: 'every message of a topic is applied or set aside by each group, facts once each',
  check({ log, stored, applied, progress, quarantine }) {
    const highest = highestIn(log)
    const violations: string[] = []
    const groups = [...new Map(progress.map(({ group, topic }) => [group, topic]))]
    const aside = new Set(quarantine.filter((q) => q.state !== 'replayed').map((q) => `${q.group} ${q.key}`))
    const have = new Map(stored.map((row) => [`${row.group} ${objectName(row.topic, row.objectId)}`, row.revision]))
    const factCounts = countBy(applied, ({ group, topic, key, seq }) => `${group} ${topic} ${key} ${seq}`)
    let compared = 0
    for (const [group, topic] of groups) {
      const messages = log.filter((message) => message.topic === topic)
      const names = new Map(messages.map((m) => [topic === 'acts' ? `${m.key} ${m.number}` : (m.objectId ?? ''), m]))
      for (const [name, { key }] of names) {
        compared++
        if (aside.has(`${group} ${key}`)) continue
        if (topic === 'acts') {
          const times = factCounts.get(`${group} ${topic} ${name}`) ?? 0
          if (times !== 1) violations.push(`${group} applied act ${name} ${times} times`)
          continue
        }
        const [found, wanted] = [have.get(`${group} ${topic} ${name}`), highest.get(objectName(topic, name))]
        if (found !== wanted) violations.push(`${group} has ${topic} ${name} at ${found ?? 'nothing'} of ${wanted}`)
      }
    }
    return { figures: { groups: groups.length, compared, quarantined: aside.size }, violations }
  },
}

export const V08: Invariant = {
  id: 'V08',
  says: 'committed offsets are never ahead of effects',
  check: ({ progress }) => ({
    figures: { partitions: progress.length, committed: progress.filter((row) => row.committed !== null).length },
    violations: progress
      .filter(({ committed, nextOffset }) => committed !== null && committed > nextOffset)
      .map(
        ({ group, partition, committed, nextOffset }) =>
          `${group}/${partition} committed ${committed} of ${nextOffset}`,
      ),
  }),
}

export const V09: Invariant = {
  id: 'V09',
  says: 'every group has read every log to its end',
  check({ progress, ends }) {
    const violations: string[] = []
    const groups = [...new Map(progress.map(({ group, topic }) => [group, topic]))]
    const at = new Map(progress.map((row) => [`${row.group}/${row.partition}`, row]))
    for (const [group, topic] of groups)
      for (const { partition, high } of ends.filter((end) => end.topic === topic)) {
        const row = at.get(`${group}/${partition}`)
        if (row?.halted) violations.push(`${group}/${partition} is halted: ${row.halted}`)
        if ((row?.nextOffset ?? 0) !== high)
          violations.push(`${group}/${partition} is at ${row?.nextOffset ?? 0} of ${high}`)
      }
    if (groups.length === 0) violations.push('no group has read anything')
    return { figures: { groups: groups.length, partitions: progress.length }, violations }
  },
}

/** Codes of kafka.md pat.4 and of what our handlers refuse: anything else is a code nobody has described. */
export const QUARANTINE_CODES: ReadonlySet<string> = new Set([
  'null_value',
  'frame_too_short',
  'bad_magic',
  'schema_unknown',
  'schema_not_for_topic',
  'schema_type_unsupported',
  'avro_decode',
  'avro_too_large',
  'forbidden_key',
  'invalid_utf8',
  'forbidden_character',
  'too_deep',
  'number_out_of_range',
  'invalid_date',
  'bad_event_id',
  'bad_headers',
  'bad_key',
  'bad_version',
  'blocked_by_quarantine',
  'event_id_conflict',
  'event_id_mismatch',
  'unknown_type',
  'wrong_environment',
  'wrong_partition',
])

export const V28: Invariant = {
  id: 'V28',
  says: 'quarantine holds exactly what was poisoned, each with a known reason',
  check({ quarantine }, _history, { poisons }) {
    const open = quarantine.filter(({ state }) => state === 'open')
    const violations = open
      .filter(({ code }) => !QUARANTINE_CODES.has(code))
      .map(({ group, partition, offset, code }) => `${group} ${partition}/${offset} has the unknown code "${code}"`)
    if (poisons !== undefined && open.length !== poisons) {
      violations.push(`${open.length} messages are set aside and ${poisons} were poisoned`)
      violations.push(...open.map(({ group, partition, offset, code }) => `${group} ${partition}/${offset}: ${code}`))
    }
    return { figures: { open: open.length, all: quarantine.length }, violations }
  },
}

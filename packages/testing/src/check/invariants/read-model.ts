import type { TopicName } from '@atlas/schemas'
import { digestOfKinds, tellDifferences } from '../../digest/index.ts'
import { READ_BY_API, READ_TABLES, type ReadModel } from '../dumps.ts'
import { isPartOf } from '../is-part-of.ts'
import type { Invariant } from '../verdict.ts'

export const V22: Invariant = {
  id: 'V22',
  title: 'the read model is what owners and topics say, and what a rebuild makes',
  check({ readModel, questions, candidates, owned }) {
    const shown = new Map(readModel.questions.map((question) => [question.candidateId, question]))
    const violations = [...contentFaults(readModel), ...rebuildFaults(readModel)]
    for (const { candidateId, status, version, flags } of questions) {
      const found = shown.get(candidateId)
      const here = stateOf(status, version, flags)
      const there = found && stateOf(found.status, found.version, found.flags)
      if (here !== there)
        violations.push(`question ${candidateId} is ${here} at its owner and ${there ?? 'not there'} in the read model`)
    }
    const revisions = new Map(owned.filter((o) => o.topic === 'candidates').map((o) => [o.objectId, o.revision]))
    for (const { candidateId } of candidates)
      if (shown.get(candidateId)?.revision !== revisions.get(candidateId))
        violations.push(`question ${candidateId} is not shown at its last revision`)
    const looked = readModel.contents.length + questions.length
    const rebuilt = readModel.rebuilt?.anew.length ?? 0
    const figures = { objects: readModel.contents.length, questions: questions.length, rebuilt }
    return { looked, figures, violations }
  },
}

/** Every object whose stored content is not what the log's last message says of it. */
function* contentFaults({ contents, told }: ReadModel): Generator<string> {
  const name = ({ topic, objectId }: { topic: TopicName; objectId: string }) => `${topic} ${objectId}`
  const stored = new Map(contents.map((row) => [name(row), row.content]))
  const wanted = told.filter(({ topic }) => READ_BY_API.includes(topic))
  for (const row of wanted) {
    const found = stored.get(name(row))
    if (found === undefined) yield `${name(row)} is not in the read model`
    else if (!isPartOf(found, row.content)) yield `${name(row)} is not what the log's last message says`
  }
  const known = new Set(wanted.map(name))
  // A log that has lost its start says nothing of what was there: only a whole one can deny an object.
  for (const one of stored.keys()) if (!known.has(one)) yield `${one} is in the read model and not in the log`
}

/** What a read model that was made anew has otherwise: of each table how many rows, and the first of them. */
function rebuildFaults({ rebuilt }: ReadModel): readonly string[] {
  if (!rebuilt) return []
  const [anew, shown] = [digestOfKinds(READ_TABLES, rebuilt.anew), digestOfKinds(READ_TABLES, rebuilt.shown)]
  return tellDifferences(anew, shown).map((line) => `against a rebuild ${line.trim()}`)
}

/** A question that nobody has decided shows only whether it is open: rules have acts, and those have versions. */
function stateOf(status: string, version: number, flags: readonly string[]): string {
  if (version === 0) return status === 'pending' ? 'pending' : 'closed'
  return `${status} v${version} [${flags}]`
}

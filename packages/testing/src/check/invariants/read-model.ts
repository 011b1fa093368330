import type { Invariant } from '../verdict.ts'

export const V22: Invariant = {
  id: 'V22',
  says: 'the read model is what owners and topics say',
  check({ readModel, questions, candidates, owned }) {
    const violations: string[] = []
    for (const { topic, objectId, stored, logged } of readModel.contents) {
      if (stored === logged) continue
      if (stored === null) violations.push(`${topic} ${objectId} is not in the read model`)
      else if (logged === null) violations.push(`${topic} ${objectId} is in the read model and not in the log`)
      else violations.push(`${topic} ${objectId} is not what the log's last message says`)
    }
    const shown = new Map(readModel.questions.map((question) => [question.candidateId, question]))
    for (const { candidateId, status, version, flags } of questions) {
      const found = shown.get(candidateId)
      const [here, there] = [
        stateOf(status, version, flags),
        found && stateOf(found.status, found.version, found.flags),
      ]
      if (here !== there)
        violations.push(`question ${candidateId} is ${here} at its owner and ${there} in the read model`)
    }
    const revisions = new Map(owned.filter((o) => o.topic === 'candidates').map((o) => [o.objectId, o.revision]))
    for (const { candidateId } of candidates)
      if (shown.get(candidateId)?.revision !== revisions.get(candidateId))
        violations.push(`question ${candidateId} is not shown at its last revision`)
    return { figures: { objects: readModel.contents.length, questions: readModel.questions.length }, violations }
  },
}

/** A question that nobody has decided shows only whether it is open: rules have acts, and those have versions. */
function stateOf(status: string, version: number, flags: readonly string[]): string {
  if (version === 0) return status === 'pending' ? 'pending' : 'closed'
  return `${status} v${version} [${flags}]`
}

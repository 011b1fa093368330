import type { ActDraft, AuthorshipChange } from './act-draft.ts'
import type { AuthorshipContent, LoadedUnit, Place, Question, StoredAuthorship } from './question.ts'
import type { Settled } from './settle-unit.ts'
import { verifies } from './vocabulary.ts'

/**
 * The authorship a question leaves behind, when it differs from what is stored: verified exactly while the question
 * stands confirmed, by a person or a rule.
 */
export function planAuthorship(
  unit: LoadedUnit,
  settled: Settled<Question>,
  act: ActDraft | undefined,
): AuthorshipChange | undefined {
  const { question, status, flags } = settled
  const stored = question.authorship
  const questionVersion = act?.questionVersion ?? question.version
  if (!verifies(status)) {
    if (stored?.state !== 'verified') return undefined
    const actId = act?.id ?? question.lastAct ?? stored.actId
    return { ...stored, state: 'retracted', status, flags, actId, questionVersion }
  }
  const wanted: AuthorshipContent = {
    ...(unit.place ? fromPlace(unit.place) : fromCandidate(question, stored)),
    ...restsOn(settled, act),
    status,
    flags,
    questionVersion,
  }
  return stored && sameContent(stored, wanted) ? undefined : { ...wanted, state: 'verified' }
}

/** A person's act is what a standing rests on; a rule's is the one that made the question what it is. */
function restsOn({ question, status, standing }: Settled<Question>, act: ActDraft | undefined) {
  if (status === 'confirmed' && standing.act)
    return { actId: standing.act.actId, verifiedAtMs: standing.act.decidedAtMs, score: standing.act.score }
  if (act?.stateChanging) return { actId: act.id, verifiedAtMs: act.decidedAtMs, score: act.score }
  const stored = question.authorship
  if (stored?.state === 'verified')
    return { actId: stored.actId, verifiedAtMs: stored.verifiedAtMs, score: stored.score }
  throw new Error(`question "${question.candidateId}" is ${status} by no act`)
}

function fromPlace({ entries, ...place }: Place) {
  const contributions = entries
    .map(({ recordId, source, key, name, position }) => ({
      recordId,
      source,
      mentionKey: key,
      name,
      position,
      affiliations: [],
      rors: [],
    }))
    .sort((a, b) => (a.mentionKey < b.mentionKey ? -1 : 1))
  return { ...place, contributions }
}

/** The work has not arrived, or has gone: what was known before, else what the candidate said. */
function fromCandidate(question: Question, stored: StoredAuthorship | null) {
  if (stored) {
    const { workId, workRevision, slotId, position, corresponding, contributions, title, year, type, doi } = stored
    return { workId, workRevision, slotId, position, corresponding, contributions, title, year, type, doi }
  }
  const { workId, slotId, slotPosition, title, year } = question
  return {
    workId,
    workRevision: null,
    slotId,
    position: slotPosition,
    corresponding: false,
    contributions: [],
    title,
    year,
    type: 'other',
    doi: null,
  }
}

function sameContent(stored: StoredAuthorship, wanted: AuthorshipContent): boolean {
  return stored.state === 'verified' && shapeOf(stored) === shapeOf(wanted)
}

/** In a fixed order of fields; a new revision of the work alone is no new content. */
function shapeOf(content: AuthorshipContent): string {
  const { workId, slotId, status, actId, questionVersion, verifiedAtMs, score, position, corresponding, flags } =
    content
  const { contributions, title, year, type, doi } = content
  const named = contributions.map((c) => [
    c.recordId,
    c.source,
    c.mentionKey,
    c.name,
    c.position,
    c.affiliations,
    c.rors,
  ])
  const rest = [verifiedAtMs, score, position, corresponding, flags, title, year, type, doi]
  return JSON.stringify([workId, slotId, status, actId, questionVersion, rest, named])
}

import type { LinkageIdentifier, Member, WorkIdentifier, WorkRole } from '../types.ts'

/** What a member says of an identifier: that it is its own, that it names a version of it, or something else. */
type Said = 'self' | 'version' | 'other'

/**
 * What a member's identifier is to the work, by its role and by what it says: a relation, `as said`, or null where it says
 * nothing of the work. A version's own identifiers are those of a version of the work, and so are those of its versions;
 * what a chapter, an erratum or a notice is related to is its own affair.
 */
export const RELATION_TO_WORK: Readonly<Record<WorkRole, Readonly<Record<Said, string | null>>>> = {
  primary: { self: 'self', version: 'as said', other: 'as said' },
  duplicate: { self: 'self', version: 'as said', other: 'as said' },
  version: { self: 'has_version', version: 'has_version', other: 'as said' },
  part: { self: 'has_part', version: 'has_part', other: null },
  erratum: { self: 'has_erratum', version: 'has_erratum', other: null },
  retraction: { self: 'has_retraction', version: 'has_retraction', other: null },
}

/** Relations under which the identified thing is a version of the work, or the work one of it. */
export const SAYS_VERSION: ReadonlySet<string> = new Set([
  'version_of',
  'has_version',
  'preprint_of',
  'has_preprint',
  'identical',
])

/** Relations worth finding a work by, the one that says most first, each with what it is from the other side. */
const INVERSE = {
  self: 'self',
  identical: 'identical',
  has_version: 'version_of',
  version_of: 'has_version',
  has_preprint: 'preprint_of',
  preprint_of: 'has_preprint',
  has_translation: 'translation_of',
  translation_of: 'has_translation',
  has_part: 'part_of',
  part_of: 'has_part',
  has_supplement: 'supplement_to',
  supplement_to: 'has_supplement',
  has_erratum: 'erratum_of',
  erratum_of: 'has_erratum',
  has_retraction: 'retraction_of',
  retraction_of: 'has_retraction',
  has_review: 'review_of',
  review_of: 'has_review',
  has_comment: 'comment_on',
  comment_on: 'has_comment',
  has_reply: 'reply_to',
  reply_to: 'has_reply',
} as const

const RELATIONS: readonly string[] = Object.keys(INVERSE)

/** How the other side says it: what is `erratum_of` this one has this one for `has_erratum`; undefined for other words. */
export function inverseOf(relation: string): string | undefined {
  return Object.hasOwn(INVERSE, relation) ? INVERSE[relation as keyof typeof INVERSE] : undefined
}

// What an index can hold; longer ones are URLs with a session in them.
const MAX_VALUE = 500

/** Whether somebody who has the identifier may look for the work: not what it cites, and not the journal it is in. */
export function leadsToWork({ scheme, value, relation }: LinkageIdentifier): boolean {
  return scheme !== 'issn' && value.length <= MAX_VALUE && RELATIONS.includes(relation)
}

interface Statement {
  readonly recordId: string
  readonly relation: string
  readonly rank: number
}

/**
 * The identifiers of all members, sorted, each once with the strongest relation that a member gives it: what a member calls
 * its own before what one says of another. The order of the members does not matter.
 */
export function workIdentifiers(members: readonly Member[]): readonly WorkIdentifier[] {
  const said = new Map<string, { scheme: string; value: string; statements: Statement[] }>()
  for (const { record, role } of members) {
    for (const { scheme, value, relation } of record.identifiers) {
      const statement = statementOf(record.recordId, role, relation)
      if (statement === null) continue
      const key = `${scheme}:${value}`
      const known = said.get(key)
      if (known === undefined) said.set(key, { scheme, value, statements: [statement] })
      else known.statements.push(statement)
    }
  }
  return [...said.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { scheme, value, statements }]) => ({ scheme, value, ...strongest(statements) }))
}

function statementOf(recordId: string, role: WorkRole, said: string): Statement | null {
  const told = RELATION_TO_WORK[role][said === 'self' ? 'self' : SAYS_VERSION.has(said) ? 'version' : 'other']
  if (told === null) return null
  const relation = told === 'as said' ? said : told
  const rank = RELATIONS.indexOf(relation)
  return { recordId, relation, rank: (said === 'self' ? 0 : 100) + (rank === -1 ? RELATIONS.length : rank) }
}

function strongest(statements: readonly Statement[]): Pick<WorkIdentifier, 'relation' | 'recordIds'> {
  const [best] = statements.toSorted((a, b) => a.rank - b.rank || (a.relation < b.relation ? -1 : 1))
  const relation = best?.relation ?? ''
  const saying = statements.filter((statement) => statement.relation === relation)
  return { relation, recordIds: [...new Set(saying.map(({ recordId }) => recordId))].sort() }
}

import type { Constraint, Link, LinkageRecord, Suspicion, SuspicionKind, WorkRole } from '../types.ts'
import { identifierConflicts } from './conflicting-identifiers.ts'
import { jointsOf } from './joints.ts'
import { prepareRecord } from './prepare.ts'
import { Groups } from './union-find.ts'

export const SUSPICION_KINDS: readonly SuspicionKind[] = [
  'bridge',
  'conflicting-identifiers',
  'many-members',
  'years-apart',
]

/** A member of a work, as suspicions look at it. */
export interface SuspectMember {
  readonly record: LinkageRecord
  readonly role: WorkRole
  /** What put it there: founder, must-link, or the rule that linked it. */
  readonly reason: string
}

export interface SuspectWork {
  readonly members: readonly SuspectMember[]
  /** Accepted pairs among the members. */
  readonly links: readonly Link[]
  readonly constraints: readonly Constraint[]
  /** Rules whose links join two versions of a work. */
  readonly versionReasons: ReadonlySet<string>
}

// Of 3,515 works of several records (the samples of all sources and four labelled sets) the largest has 8; one record from
// each source that precedence knows makes 17.
const MANY_MEMBERS = 20
// As far as two records may be apart for a rule to link them by their titles. Of the same works three are wider: an
// encyclopaedia that its publisher dates anew, and a record whose date its source corrected by ten years.
const YEARS_OF_ONE_VERSION = 3
// Of 43 preprints whose record names the journal and its year 41 are printed within 3 years, the last one after 5.
const YEARS_OF_ALL_VERSIONS = 8
/** The rule for two records of which one names the other as a version. */
const STATED: ReadonlySet<string> = new Set(['related-version'])
/** Roles in which a record describes the work itself. */
const ITSELF: ReadonlySet<WorkRole> = new Set(['primary', 'duplicate', 'version'])

/**
 * What about a work looks wrong, sorted; nothing for most. A pure function of the members, their links and the
 * constraints, whatever their order. What a person has ruled on by a must-link is not suspicious.
 *
 * - `bridge`: a link or a record alone holds two dense parts together, see `jointsOf`.
 * - `conflicting-identifiers`: records of the work itself have different DOIs, PMIDs or arXiv ids, see
 *   `identifierConflicts`.
 * - `many-members`: more than 20, without those of which a source states that they are versions of another one; what
 *   persons have joined counts as one.
 * - `years-apart`: records of one version lie more than 3 years apart, or those of all versions more than 8 (again
 *   without stated ones); records that a person has joined take up the years between them.
 */
export function suspicionsOf({ members, links, constraints, versionReasons }: SuspectWork): readonly Suspicion[] {
  const inside = new Set(members.map(({ record }) => record.recordId))
  const must = constraints.filter(
    ({ kind, recordA, recordB }) => kind === 'must' && inside.has(recordA) && inside.has(recordB),
  )
  const found = [
    ...bridges([...inside], links, must),
    ...conflicts(members, links, must, versionReasons),
    ...manyMembers(members, must),
    ...yearsApart(members, must),
  ]
  return found.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

/** The flags of a work that these are suspicions of: `suspicious`, and one for each kind. */
export function suspicionFlags(suspicions: readonly Suspicion[]): readonly string[] {
  if (suspicions.length === 0) return []
  return ['suspicious', ...new Set(suspicions.map(({ kind }) => `suspicious-${kind}`))]
}

function bridges(ids: readonly string[], links: readonly Link[], must: readonly Constraint[]): readonly Suspicion[] {
  return jointsOf(ids, links, must, STATED).map(({ recordIds, sides, reason }) => ({
    kind: 'bridge',
    details:
      reason === null
        ? `one record joins parts of ${sides.join(' and ')} others`
        : `one link (${reason}) joins ${sides.join(' records and ')}`,
    recordIds,
  }))
}

function conflicts(
  members: readonly SuspectMember[],
  links: readonly Link[],
  must: readonly Constraint[],
  versionReasons: ReadonlySet<string>,
): readonly Suspicion[] {
  const records = members.filter(({ role }) => ITSELF.has(role)).map(({ record }) => prepareRecord(record))
  return identifierConflicts(records, links, must, versionReasons).map(({ scheme, values, recordIds }) => ({
    kind: 'conflicting-identifiers',
    details: `${scheme} ${shortList(values)}`,
    recordIds,
  }))
}

function manyMembers(members: readonly SuspectMember[], must: readonly Constraint[]): readonly Suspicion[] {
  const counted = members.filter(({ reason }) => !STATED.has(reason)).map(({ record }) => record.recordId)
  if (counted.length <= MANY_MEMBERS) return []
  const joined = new Groups(counted)
  for (const { recordA, recordB } of must)
    if (joined.has(recordA) && joined.has(recordB)) joined.union(recordA, recordB)
  const many = joined.all().length
  if (many <= MANY_MEMBERS) return []
  return [{ kind: 'many-members', details: `${many} members`, recordIds: counted.sort() }]
}

function yearsApart(members: readonly SuspectMember[], must: readonly Constraint[]): readonly Suspicion[] {
  const unstated = members.filter(({ role, reason }) => ITSELF.has(role) && !STATED.has(reason))
  const sameVersion = unstated.filter(({ role }) => role !== 'version')
  const apart =
    farthest(spansOf(sameVersion, must), YEARS_OF_ONE_VERSION) ??
    farthest(spansOf(unstated, must), YEARS_OF_ALL_VERSIONS)
  if (apart === undefined) return []
  const [early, late] = apart
  const details = `${early.year} and ${late.year}: ${late.year - early.year} years apart`
  return [{ kind: 'years-apart', details, recordIds: [early.recordId, late.recordId].sort() }]
}

interface Dated {
  readonly recordId: string
  readonly year: number
}

/** The first and the last of records that a person has joined, or one record by itself. */
interface Span {
  readonly first: Dated
  readonly last: Dated
}

function spansOf(members: readonly SuspectMember[], must: readonly Constraint[]): readonly Span[] {
  const dated = new Map(
    members.flatMap(({ record: { recordId, published } }) =>
      published === null ? [] : [[recordId, { recordId, year: published.year }] as const],
    ),
  )
  return joinedBy(must, [...dated.keys()]).flatMap((ids): Span[] => {
    const inOrder = ids.flatMap((id) => dated.get(id) ?? []).sort(byYear)
    const [first, last] = [inOrder[0], inOrder.at(-1)]
    return first === undefined || last === undefined ? [] : [{ first, last }]
  })
}

/** The end of one span and the beginning of another one between which there are most years, and more than so many. */
function farthest(spans: readonly Span[], years: number): readonly [Dated, Dated] | undefined {
  const early = spans.map(({ last }) => last).sort(byYear)[0]
  const late = spans.map(({ first }) => first).sort((a, b) => b.year - a.year || byYear(a, b))[0]
  return early !== undefined && late !== undefined && late.year - early.year > years ? [early, late] : undefined
}

function byYear(a: Dated, b: Dated): number {
  return a.year - b.year || (a.recordId < b.recordId ? -1 : 1)
}

function joinedBy(must: readonly Constraint[], ids: readonly string[]): readonly (readonly string[])[] {
  const joined = new Groups(ids)
  for (const { recordA, recordB } of must)
    if (joined.has(recordA) && joined.has(recordB)) joined.union(recordA, recordB)
  return joined.all()
}

// A work under a hundred DOIs is known to be wrong by ten of them.
function shortList(values: readonly string[]): string {
  const shown = values.slice(0, 10).join(', ')
  return values.length > 10 ? `${shown} and ${values.length - 10} more` : shown
}

function sortKey({ kind, recordIds, details }: Suspicion): string {
  return `${kind} ${recordIds.join()} ${details}`
}

import {
  type Constraint,
  inverseOf,
  isAccepted,
  type Link,
  linksAmong,
  prepareRecord,
  type RuleSet,
  SHIPPED_RULES,
  type Verdict,
  verdictOf,
} from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import type { Work } from '@atlas/schemas'
import type { StoredRecord } from './record.ts'
import { rulesOf } from './rules.ts'
import { listHeldApart, type PlacedRecord } from './store/graph.ts'
import { loadRecords } from './store/records.ts'
import { findRulesInUse } from './store/rules.ts'
import { listRulingsById } from './store/rulings.ts'
import { findRelatedWorks } from './store/work-identifiers.ts'
import { findConstraints } from './store/works.ts'

// 60 members are 1,770 pairs, a few milliseconds; of a work of 500 only what holds it together is compared again.
const ALL_PAIRS = 60

/** A member as the graph shows it. */
export interface GraphNode {
  readonly recordId: string
  readonly source: string
  readonly sourceId: string
  readonly role: string
  readonly versionKind: string | null
  readonly type: string
  readonly year: number | null
  readonly title: string | null
  readonly retracted: boolean
  readonly reason: string
  readonly linkedTo: string | null
}

/** A record of another work that a rule would have joined to this one, and what keeps the two works apart. */
export interface HeldApart {
  readonly record: Pick<GraphNode, 'recordId' | 'source' | 'sourceId' | 'type' | 'year' | 'title'>
  readonly workId: string
  readonly link: Link | null
  readonly by: {
    readonly left: string
    readonly right: string
    readonly reason: string
    readonly evidence: readonly string[]
  } | null
  /** The record of the other work in that pair. */
  readonly beside: Pick<GraphNode, 'recordId' | 'source' | 'sourceId'> | null
  /** The ruling, where a person keeps them apart, too. */
  readonly rulingId: string | null
}

/**
 * Why the records of a work are together and others are not, by the rules and rulings of this moment: members, the links
 * among them, pairs among them that a rule alone would keep apart, records held apart, rulings, related works.
 */
export async function graphOf(db: Queryable, work: Pick<Work, 'workId' | 'members'>) {
  const ids = work.members.map(({ recordId }) => recordId)
  const records = new Map((await loadRecords(db, ids)).map((record) => [record.recordId, record]))
  const constraints = await findConstraints(db, ids)
  const rules = await rulesNow(db)
  const complete = work.members.length <= ALL_PAIRS
  return {
    rules: rules.version,
    nodes: work.members.map((member) => nodeOf(member, records.get(member.recordId))),
    complete,
    links: complete ? linksAmong([...records.values()], rules) : holdingLinks(work, records, rules),
    against: complete ? pairsAgainst([...records.values()], rules) : [],
    heldApart: await heldApartOf(db, work.workId, { members: [...records.values()], constraints, rules }),
    rulings: await listRulingsById(db, [...new Set(constraints.map(({ actId }) => actId))]),
    related: (await findRelatedWorks(db, work.workId)).map(({ here, there, ...other }) => ({
      ...other,
      relation: relationOf(here, there),
    })),
  }
}

/** Those that works are made by; this build's own where it has not got them. */
export async function rulesNow(db: Queryable): Promise<RuleSet> {
  const inUse = await findRulesInUse(db)
  return (inUse && rulesOf(inUse)) ?? SHIPPED_RULES
}

function nodeOf(member: Work['members'][number], record: StoredRecord | undefined): GraphNode {
  const { recordId, source, sourceId, role, versionKind, type, reason, linkedTo } = member
  const [year, title, retracted] = [record?.published?.year ?? null, record?.title ?? null, record?.retracted ?? false]
  // Absent from what an earlier build published.
  return {
    recordId,
    source,
    sourceId,
    role,
    versionKind: versionKind ?? null,
    type,
    year,
    title,
    retracted,
    reason,
    linkedTo,
  }
}

/** Of a large work: each member's way to the primary record, and what the rules say of it and the primary record itself. */
function holdingLinks(
  work: Pick<Work, 'members'>,
  records: ReadonlyMap<string, StoredRecord>,
  rules: RuleSet,
): readonly Link[] {
  const primary = work.members[0]?.recordId
  const pairs = new Map<string, readonly [StoredRecord, StoredRecord]>()
  for (const { recordId, linkedTo } of work.members)
    for (const other of [linkedTo, primary]) {
      const [left, right] = [recordId, other ?? recordId].toSorted().map((id) => records.get(id))
      if (left && right && left !== right) pairs.set(`${left.recordId} ${right.recordId}`, [left, right])
    }
  return [...pairs.values()].flatMap(([left, right]) => linkOf(left, right, rules) ?? [])
}

function linkOf(left: StoredRecord, right: StoredRecord, rules: RuleSet): Link | undefined {
  const verdict = verdictOf(prepareRecord(left), prepareRecord(right), rules)
  return isAccepted(verdict) ? edgeOf(left, right, verdict) : undefined
}

function edgeOf(a: StoredRecord, b: StoredRecord, verdict: Verdict): Link {
  const [left = '', right = ''] = [a.recordId, b.recordId].toSorted()
  return { left, right, ...verdict }
}

function* pairsOf<T>(things: readonly T[]): Generator<readonly [T, T]> {
  for (const [at, left] of things.entries()) for (const right of things.slice(at + 1)) yield [left, right]
}

/** Two members that a rule would never join, nor let a third join: a person did, or they were joined before the rule was. */
function pairsAgainst(records: readonly StoredRecord[], rules: RuleSet): readonly Link[] {
  return [...pairsOf(records)].flatMap(([left, right]) => apartOf(left, right, rules) ?? [])
}

function apartOf(left: StoredRecord, right: StoredRecord, rules: RuleSet): Link | undefined {
  const verdict = verdictOf(prepareRecord(left), prepareRecord(right), rules)
  return rules.apart.has(verdict.reason) ? edgeOf(left, right, verdict) : undefined
}

/** This side of what is held apart. */
interface Side {
  readonly members: readonly StoredRecord[]
  readonly constraints: readonly Constraint[]
  readonly rules: RuleSet
}

async function heldApartOf(db: Queryable, workId: string, side: Side): Promise<readonly HeldApart[]> {
  const placed = await listHeldApart(db, workId)
  const ids = [...new Set(placed.flatMap(({ members }) => members))]
  const others = new Map((await loadRecords(db, ids)).map((one) => [one.recordId, one]))
  return placed.flatMap((one) => {
    const record = others.get(one.recordId)
    const beside = one.members.flatMap((id) => others.get(id) ?? [])
    return record ? [heldApart(record, one, beside, side)] : []
  })
}

function heldApart(
  record: StoredRecord,
  { workId }: PlacedRecord,
  beside: readonly StoredRecord[],
  { members, constraints, rules }: Side,
): HeldApart {
  const compared = members.slice(0, ALL_PAIRS)
  const { recordId, source, sourceId, type, published, title } = record
  const by = firstOf(compared.flatMap((member) => beside.map((other) => () => apartOf(member, other, rules))))
  const other = beside.find((one) => one.recordId === by?.left || one.recordId === by?.right)
  return {
    record: { recordId, source, sourceId, type, year: published?.year ?? null, title },
    workId,
    link: firstOf(compared.map((member) => () => linkOf(member, record, rules))),
    by,
    beside: other ? { recordId: other.recordId, source: other.source, sourceId: other.sourceId } : null,
    rulingId: cutBetween(members, beside, constraints)?.actId ?? null,
  }
}

function cutBetween(
  members: readonly StoredRecord[],
  beside: readonly StoredRecord[],
  constraints: readonly Constraint[],
): Constraint | undefined {
  const [here, there] = [members, beside].map((records) => new Set(records.map(({ recordId }) => recordId)))
  return constraints.find(
    ({ kind, recordA, recordB }) =>
      kind === 'cannot' && ((here?.has(recordA) && there?.has(recordB)) || (here?.has(recordB) && there?.has(recordA))),
  )
}

function firstOf<T>(tries: readonly (() => T | undefined)[]): T | null {
  for (const attempt of tries) {
    const found = attempt()
    if (found !== undefined) return found
  }
  return null
}

const OWN: ReadonlySet<string> = new Set(['self', 'has_version'])

/** What the other work is to this one. */
function relationOf(here: string, there: string): string {
  if (!OWN.has(here)) return here
  return OWN.has(there) ? 'same_identifier' : (inverseOf(there) ?? there)
}

import type { Constraint, Link, Member, WorkMemberState, WorkRole } from '../types.ts'
import { byPrecedence, membersInOrder } from './precedence.ts'
import type { PreparedRecord } from './prepare.ts'
import { compareVenues } from './venue.ts'
import { isConferenceAndArticle, relationsBetween, versionKindOf } from './version-kind.ts'

interface Edge {
  readonly to: string
  readonly reason: string
  readonly role: WorkRole | null
}

interface Placed {
  readonly prepared: PreparedRecord
  readonly state: WorkMemberState
  readonly member: Member
}

/** The members of one work in order, each with its role and the edge that leads to the primary one. */
export function placeMembers(
  group: readonly PreparedRecord[],
  links: readonly Link[],
  constraints: readonly Constraint[],
  versionReasons: ReadonlySet<string>,
): readonly Placed[] {
  const records = new Map(group.map((prepared) => [prepared.record.recordId, prepared]))
  const edges = edgesOf(records, links, constraints)
  const given = givenRoles(constraints)
  const primary = primaryOf(group, given)
  if (primary === undefined) return []
  const founder = primary.record.recordId
  const placed = new Map<string, Placed>([[founder, place(primary, 'primary', 'founder', null, primary)]])
  // Breadth first: the shortest way to the primary one; at equal length the first in precedence.
  const queue = [founder]
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    const parent = placed.get(from)
    // All of 500 members hang on the first one as a rule; to sort what hangs on each of them took most of the time.
    if (placed.size === group.length) break
    for (const edge of (edges.get(from) ?? []).toSorted((a, b) => inOrder(a, b, records))) {
      const child = records.get(edge.to)
      if (child === undefined || parent === undefined || placed.has(edge.to)) continue
      const role = given.of(edge.to) ?? roleOf(child, edge, parent, primary, versionReasons.has(edge.reason))
      placed.set(edge.to, place(child, role, edge.reason, from, primary))
      queue.push(edge.to)
    }
  }
  const byId = new Map([...placed.values()].map((one) => [one.member.record, one]))
  return membersInOrder([...placed.values()].map(({ member }) => member)).flatMap(
    ({ record }) => byId.get(record) ?? [],
  )
}

interface GivenRoles {
  /** What persons called a record, in the work that holds it. */
  readonly roles: ReadonlyMap<string, WorkRole>
  /** Records whose work others were called a part, a version … of: they speak for it. */
  readonly speakers: ReadonlySet<string>
  /** Of a record that is not the primary one. */
  of(recordId: string): WorkRole | null
}

function givenRoles(constraints: readonly Constraint[]): GivenRoles {
  const roles = new Map<string, WorkRole>()
  const speakers = new Set<string>()
  // Ids of rulings are in the order of time: of two on one record the last one holds.
  for (const { kind, recordA, recordB, role } of constraints.toSorted((a, b) => compare(a.actId, b.actId))) {
    if (kind !== 'must' || !role) continue
    roles.set(role.recordId, role.role)
    if (role.role !== 'primary') speakers.add(role.recordId === recordA ? recordB : recordA)
  }
  const of = (recordId: string) => {
    const role = roles.get(recordId)
    return role === undefined || role === 'primary' ? null : role
  }
  return { roles, speakers, of }
}

// A notice about the work, and whatever a person called an erratum, a part or a version of it, is not the work itself.
function primaryOf(group: readonly PreparedRecord[], { roles, speakers }: GivenRoles): PreparedRecord | undefined {
  const rank = ({ record: { recordId }, notice }: PreparedRecord): number => {
    const role = roles.get(recordId)
    if (role !== undefined) return role === 'primary' ? 0 : 4
    return speakers.has(recordId) ? 1 : notice !== null ? 3 : 2
  }
  return group.toSorted((a, b) => rank(a) - rank(b) || byPrecedence(a.record, b.record))[0]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function roleOf(
  child: PreparedRecord,
  edge: Edge,
  parent: Placed,
  primary: PreparedRecord,
  acrossVersions: boolean,
): WorkRole {
  if (edge.role !== null) return edge.role
  const notice = noticeOf(child, primary)
  if (notice !== null) return notice
  const { role } = parent.member
  if (role === 'part' || role === 'erratum' || role === 'retraction') return role
  return isVersion(child, parent, primary, acrossVersions) ? 'version' : 'duplicate'
}

function noticeOf(child: PreparedRecord, primary: PreparedRecord): WorkRole | null {
  const relations = relationsBetween(child.record, primary.record)
  if (relations.has('retraction_of') || relations.has('has_retraction')) return 'retraction'
  if (relations.has('erratum_of') || relations.has('has_erratum')) return 'erratum'
  if (child.notice === null || primary.notice !== null) return null
  return child.notice === 'retraction' ? 'retraction' : 'erratum'
}

function isVersion(child: PreparedRecord, parent: Placed, primary: PreparedRecord, acrossVersions: boolean): boolean {
  const shared = sharesOwn(child, primary)
  // Of one identifier, and one does not say what it is: it is what the other says.
  if (shared && (child.kind === 'other' || primary.kind === 'other')) return false
  if (child.deposited !== primary.deposited) return true
  if (parent.member.role !== 'version') return acrossVersions || (!shared && isAnotherKind(child, primary))
  // What is said of a version is of a version too; but from a preprint a link may lead back to the article.
  return parent.prepared.deposited === child.deposited || (!shared && isAnotherKind(child, primary))
}

// Sources name the kind of one thing differently; under one identifier of its own it is one thing.
function sharesOwn(a: PreparedRecord, b: PreparedRecord): boolean {
  for (const key of a.identifiers.self) if (b.identifiers.self.has(key)) return true
  return false
}

function isAnotherKind(child: PreparedRecord, primary: PreparedRecord): boolean {
  if (child.kind === 'other' || primary.kind === 'other') return false
  if (child.kind !== primary.kind) return true
  const elsewhere =
    compareVenues(child.venue, primary.venue) === 'differ' ||
    (child.year !== null && primary.year !== null && child.year !== primary.year)
  return elsewhere && isConferenceAndArticle(child.record, primary.record)
}

function place(
  prepared: PreparedRecord,
  role: WorkRole,
  reason: string,
  linkedTo: string | null,
  primary: PreparedRecord,
): Placed {
  const { record } = prepared
  const { recordId, source, sourceId, version, type } = record
  const versionKind = role === 'version' ? versionKindOf(prepared, primary) : null
  const state = { recordId, source, sourceId, version, role, type, reason, linkedTo, versionKind }
  return { prepared, member: { record, role }, state }
}

function edgesOf(
  records: ReadonlyMap<string, PreparedRecord>,
  links: readonly Link[],
  constraints: readonly Constraint[],
): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, Edge[]>()
  const add = (from: string, edge: Edge): void => {
    if (!records.has(from) || !records.has(edge.to)) return
    const known = edges.get(from)
    if (known) known.push(edge)
    else edges.set(from, [edge])
  }
  for (const { kind, recordA, recordB, role } of constraints) {
    if (kind !== 'must') continue
    const named = (id: string): WorkRole | null => (role?.recordId === id && role.role !== 'primary' ? role.role : null)
    add(recordA, { to: recordB, reason: 'must-link', role: named(recordB) })
    add(recordB, { to: recordA, reason: 'must-link', role: named(recordA) })
  }
  for (const { left, right, reason } of links) {
    add(left, { to: right, reason, role: null })
    add(right, { to: left, reason, role: null })
  }
  return edges
}

// What a person said of a record comes before what a rule says of it.
function inOrder(a: Edge, b: Edge, records: ReadonlyMap<string, PreparedRecord>): number {
  const [x, y] = [records.get(a.to)?.record, records.get(b.to)?.record]
  if (x === undefined || y === undefined) return 0
  return byPrecedence(x, y) || edgeRank(a) - edgeRank(b) || (`${a.reason} ${a.role}` < `${b.reason} ${b.role}` ? -1 : 1)
}

function edgeRank({ reason, role }: Edge): number {
  return role !== null ? 0 : reason === 'must-link' ? 2 : 1
}

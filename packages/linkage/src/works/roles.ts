import type { Constraint, Link, LinkageRecord, Member, WorkMemberState, WorkRole } from '../types.ts'
import { byPrecedence, membersInOrder } from './precedence.ts'
import type { PreparedRecord } from './prepare.ts'

interface Edge {
  readonly to: string
  readonly reason: string
  readonly role: WorkRole | null
}

interface Placed {
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
  const primary = primaryOf(group, constraints)
  if (primary === undefined) return []
  const placed = new Map<string, Placed>([[primary.recordId, place(primary, 'primary', 'founder', null)]])
  // Breadth first: the shortest way to the primary one; at equal length the first in precedence.
  const queue = [primary.recordId]
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    const parent = placed.get(from)
    for (const edge of edges.get(from) ?? []) {
      const child = records.get(edge.to)
      if (child === undefined || parent === undefined || placed.has(edge.to)) continue
      const role = roleOf(child, edge, parent, records.get(primary.recordId), versionReasons)
      placed.set(edge.to, place(child.record, role, edge.reason, from))
      queue.push(edge.to)
    }
  }
  const byId = new Map([...placed.values()].map((one) => [one.member.record, one]))
  return membersInOrder([...placed.values()].map(({ member }) => member)).flatMap(
    ({ record }) => byId.get(record) ?? [],
  )
}

// A notice about the work, and whatever a person called an erratum, a part or a version of it, is not the work itself.
function primaryOf(group: readonly PreparedRecord[], constraints: readonly Constraint[]): LinkageRecord | undefined {
  const given = new Map(constraints.flatMap(({ role }) => (role ? [[role.recordId, role.role] as const] : [])))
  const rank = ({ record, notice }: PreparedRecord): number => {
    const role = given.get(record.recordId)
    return role === 'primary' ? 0 : role !== undefined ? 3 : notice !== null ? 2 : 1
  }
  return group.toSorted((a, b) => rank(a) - rank(b) || byPrecedence(a.record, b.record))[0]?.record
}

function roleOf(
  child: PreparedRecord,
  edge: Edge,
  parent: Placed,
  primary: PreparedRecord | undefined,
  versionReasons: ReadonlySet<string>,
): WorkRole {
  if (edge.role !== null) return edge.role
  if (child.notice !== null && primary?.notice === null) return 'erratum'
  if (parent.member.role === 'part') return 'part'
  const versions = child.deposited !== primary?.deposited || child.kind !== primary.kind
  return versions || (versionReasons.has(edge.reason) && parent.member.role === 'primary') ? 'version' : 'duplicate'
}

function place(record: LinkageRecord, role: WorkRole, reason: string, linkedTo: string | null): Placed {
  const { recordId, source, sourceId, version, type } = record
  return { member: { record, role }, state: { recordId, source, sourceId, version, role, type, reason, linkedTo } }
}

function edgesOf(
  records: ReadonlyMap<string, PreparedRecord>,
  links: readonly Link[],
  constraints: readonly Constraint[],
): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, Edge[]>()
  const add = (from: string, edge: Edge): void => {
    if (records.has(from) && records.has(edge.to)) edges.set(from, [...(edges.get(from) ?? []), edge])
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
  for (const [from, list] of edges)
    edges.set(
      from,
      list.toSorted((a, b) => inOrder(a, b, records)),
    )
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

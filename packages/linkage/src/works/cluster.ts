import { workIdOf } from '@atlas/identifiers'
import type { Link, LinkageRecord, WorkState } from '../types.ts'
import { canonical } from './canonical.ts'
import { inOneList, listsOf, pairedOff } from './clean-lists.ts'
import type { ClusterInput } from './cluster-input.ts'
import { groupRecords } from './group.ts'
import { type PreparedRecord, prepareRecord } from './prepare.ts'
import { placeMembers } from './roles.ts'
import { type RuleSet, SHIPPED_RULES } from './rule-set.ts'
import { alignSlots } from './slots.ts'
import { suspicionFlags, suspicionsOf } from './suspicions.ts'
import { linksOf, verdictOf } from './verdict.ts'

const NO_SOURCES: ReadonlySet<string> = new Set()

/**
 * The live works of a neighbourhood, sorted by workId: a pure function of the set of records and constraints.
 *
 * A deleted record is a member of nothing; a suppressed one is alone in its work and shows no slots. Adding records one at
 * a time and clustering what they touch again gives what all of them at once give, as long as `records` is closed as
 * `ClusterInput` says.
 */
export function clusterWorks({
  records,
  links,
  constraints,
  rules = SHIPPED_RULES,
  cleanSources = NO_SOURCES,
}: ClusterInput): readonly WorkState[] {
  const live = newestOfEach(records).filter(({ deleted }) => !deleted)
  const prepared = new Map(live.map((record) => [record.recordId, prepareRecord(record)]))
  const open = [...prepared.values()].filter(({ record }) => !record.suppressed)
  const ids = open.map(({ record }) => record.recordId)
  const known = new Set(ids)
  const accepted = (links ?? linksOf(open, rules)).filter(({ left, right }) => known.has(left) && known.has(right))
  const listOf = listsOf(open, cleanSources)
  const among = cleanSources.size === 0 ? accepted : pairedOff(accepted, open, listOf)
  // Links that come from elsewhere may be of other rules.
  const areApart = memoised(prepared, rules, listOf, links ? [] : accepted)
  const { groups, heldApart } = groupRecords(ids, among, constraints, areApart, rules.rank)
  const alone = live.filter(({ suppressed }) => suppressed).map(({ recordId }) => [recordId])
  const all = [...groups, ...alone]
  const groupOf = new Map(all.flatMap((group, at) => group.map((id) => [id, at] as const)))
  const linksIn = Map.groupBy(among, ({ left }) => groupOf.get(left) ?? -1)
  const apartFrom = Map.groupBy(
    heldApart.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]),
    ([from]) => groupOf.get(from) ?? -1,
  )
  return all
    .map((group, at) => workOf(group, prepared, linksIn.get(at) ?? [], constraints, apartFrom.get(at) ?? [], rules))
    .sort((a, b) => (a.workId < b.workId ? -1 : 1))
}

/** The work that an id which lost its members redirects to: where the smallest former member still alive is. */
export function successorOf(formerMembers: readonly string[], works: readonly WorkState[]): string | null {
  const workOfRecord = new Map(
    works.flatMap((work) => work.members.map(({ recordId }) => [recordId, work.workId] as const)),
  )
  const alive = [...formerMembers].sort().find((recordId) => workOfRecord.has(recordId))
  return (alive === undefined ? undefined : workOfRecord.get(alive)) ?? null
}

function newestOfEach(records: readonly LinkageRecord[]): readonly LinkageRecord[] {
  const newest = new Map<string, LinkageRecord>()
  for (const record of records) {
    const other = newest.get(record.recordId)
    if (other === undefined || other.version < record.version) newest.set(record.recordId, record)
  }
  return [...newest.values()].sort((a, b) => (a.recordId < b.recordId ? -1 : 1))
}

function memoised(
  prepared: ReadonlyMap<string, PreparedRecord>,
  rules: RuleSet,
  listOf: ReadonlyMap<string, string>,
  links: readonly Link[],
): (a: string, b: string) => boolean {
  const known = new Map<string, boolean>()
  const keyOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
  for (const { left, right, reason } of links)
    known.set(keyOf(left, right), inOneList(left, right, listOf) || rules.apart.has(reason))
  return (a, b) => {
    const key = keyOf(a, b)
    const found = known.get(key)
    if (found !== undefined) return found
    const [x, y] = [prepared.get(a), prepared.get(b)]
    const apart =
      inOneList(a, b, listOf) || (x !== undefined && y !== undefined && rules.apart.has(verdictOf(x, y, rules).reason))
    known.set(key, apart)
    return apart
  }
}

function workOf(
  group: readonly string[],
  prepared: ReadonlyMap<string, PreparedRecord>,
  links: readonly Link[],
  constraints: ClusterInput['constraints'],
  heldApart: readonly (readonly [string, string])[],
  rules: RuleSet,
): WorkState {
  const inside = new Set(group)
  const own = links.filter(({ right }) => inside.has(right))
  const placed = placeMembers(
    group.flatMap((id) => prepared.get(id) ?? []),
    own,
    constraints.filter(({ recordA, recordB }) => inside.has(recordA) && inside.has(recordB)),
    rules.versions,
  )
  const members = placed.map(({ member }) => member)
  const slots = members.some(({ record }) => record.suppressed) ? [] : alignSlots(members)
  const fields = canonical(members)
  const suspicions = suspicionsOf({
    members: placed.map(({ state, member }) => ({ ...member, reason: state.reason })),
    links: own,
    constraints,
    versionReasons: rules.versions,
  })
  const [smallest = ''] = [...group].sort()
  return {
    workId: workIdOf(smallest),
    members: placed.map(({ state }) => state),
    canonical: fields,
    slots,
    flags: flagsOf(
      members.map(({ record }) => record),
      fields.retracted,
      slots,
      suspicions,
    ),
    suspicions,
    links: own,
    heldApart: [...new Set(heldApart.map(([, other]) => other))].sort(),
  }
}

function flagsOf(
  records: readonly LinkageRecord[],
  retracted: boolean,
  slots: WorkState['slots'],
  suspicions: WorkState['suspicions'],
): readonly string[] {
  const flags = [
    ...(records.some(({ suppressed }) => suppressed) ? ['suppressed'] : []),
    ...(retracted ? ['retracted'] : []),
    ...(slots.some(({ ambiguous }) => ambiguous) ? ['ambiguous-slots'] : []),
    ...(slots.some(({ orcidConflict }) => orcidConflict) ? ['conflicting-identifiers'] : []),
    ...suspicionFlags(suspicions),
  ]
  return flags.sort()
}

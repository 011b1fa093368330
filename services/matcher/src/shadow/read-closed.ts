import {
  type Constraint,
  indexKeysFor,
  isAccepted,
  type PreparedRecord,
  prepareRecord,
  type RuleSet,
  verdictOf,
} from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import type { Before } from '../place/decide-works.ts'
import { isLive, type StoredRecord } from '../record.ts'
import { loadRecords } from '../store/records.ts'
import { findMembers, findShadowSharers } from '../store/shadow.ts'
import { findSlotsOfWorks } from '../store/slots.ts'
import { findConstraints, findTouchedWorks, type WorkRow } from '../store/works.ts'

export interface Closed {
  readonly before: Before
  readonly live: readonly StoredRecord[]
  readonly records: ReadonlyMap<string, StoredRecord>
  readonly constraints: readonly Constraint[]
}

/**
 * All that these works have to do with under other rules: who is linked to a member by them, the works of those, what a
 * person or a guard ties to these, and so on until nothing is added. Nothing is locked; read it in one snapshot.
 *
 * The index holds keys of rules in use beside those of the other ones: more are looked at, none is missed.
 */
export async function readClosed(db: Queryable, workIds: readonly string[], rules: RuleSet): Promise<Closed> {
  const around = new Around(rules)
  let found = await findMembers(db, workIds)
  let works: readonly WorkRow[] = []
  const constraints = new Map<string, Constraint>()
  while (found.length > 0) {
    const fresh = await around.add(db, found)
    for (const one of await findConstraints(db, found))
      constraints.set(`${one.recordA} ${one.recordB} ${one.actId}`, one)
    const bound = [...constraints.values()].flatMap(({ recordA, recordB }) => [recordA, recordB])
    works = await findTouchedWorks(db, [...around.ids, ...fresh, ...bound])
    const all = [...fresh, ...bound, ...works.flatMap(({ members }) => members)]
    found = [...new Set(all)].filter((id) => !around.ids.has(id))
  }
  const slots = await findSlotsOfWorks(
    db,
    works.map(({ workId }) => workId),
  )
  return {
    before: { works, redirects: [], slots },
    live: [...around.records.values()].filter(isLive),
    records: around.records,
    constraints: [...constraints.values()],
  }
}

class Around {
  /** Those that were asked for; a constraint may name a record that nobody has. */
  readonly ids = new Set<string>()
  readonly records = new Map<string, StoredRecord>()
  /** What was loaded only to see that no rule links it. */
  readonly #strangers = new Map<string, PreparedRecord>()
  readonly #rules: RuleSet

  constructor(rules: RuleSet) {
    this.#rules = rules
  }

  /** Adds records; returns those that a rule links to them and that are not among those added. */
  async add(db: Queryable, recordIds: readonly string[]): Promise<readonly string[]> {
    for (const id of recordIds) this.ids.add(id)
    const added = await loadRecords(db, recordIds)
    for (const record of added) this.records.set(record.recordId, record)
    const seekers = added.filter(isLive).map((record) => ({ record, sought: indexKeysFor(record).sought }))
    const sharers = await findShadowSharers(db, [...new Set(seekers.flatMap(({ sought }) => sought))])
    const byKey = Map.groupBy(
      sharers.filter(({ id }) => !this.ids.has(id)),
      ({ key }) => key,
    )
    await this.#load(db, [...byKey.values()].flat())
    const linked = new Set<string>()
    for (const { record, sought } of seekers) {
      const prepared = prepareRecord(record)
      for (const id of new Set(sought.flatMap((key) => (byKey.get(key) ?? []).map(({ id }) => id)))) {
        const other = this.#strangers.get(id)
        if (other && !linked.has(id) && isAccepted(verdictOf(prepared, other, this.#rules))) linked.add(id)
      }
    }
    return [...linked]
  }

  async #load(db: Queryable, sharers: readonly { readonly id: string }[]): Promise<void> {
    const missing = [...new Set(sharers.map(({ id }) => id))].filter((id) => !this.#strangers.has(id))
    for (const record of await loadRecords(db, missing))
      if (isLive(record)) this.#strangers.set(record.recordId, prepareRecord(record))
  }
}

import { randomUUID } from 'node:crypto'
import { type Database, noFailpoints, type Outbox, type Principal, systemClock, systemIds } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { type Ruled, type RulingParts, ruleOnWorks, type Wish } from '../rulings/rule-on-works.ts'
import type { LinkedRole } from '../rulings/ruling.ts'
import { findRuledWorks, findWorksHolding, type RuledWork } from '../store/rulings.ts'

export const CURATOR: Principal = { actor: 'curator-1', onBehalfOf: null, roles: ['curator'] }

/** Somebody who rules on works as they stand when he looks. */
export interface Curator {
  readonly parts: RulingParts
  rule(wish: Wish, over?: { readonly key?: string; readonly principal?: Principal }): Promise<Ruled>
  /** The work of a record. */
  workOf(record: Pick<RecordSnapshot, 'recordId'>): Promise<RuledWork | undefined>
  link(
    one: Pick<RecordSnapshot, 'recordId'>,
    other: Pick<RecordSnapshot, 'recordId'>,
    role?: LinkedRole | null,
  ): Promise<Ruled>
  cut(...records: readonly Pick<RecordSnapshot, 'recordId'>[]): Promise<Ruled>
  withdraw(rulingId: string): Promise<Ruled>
}

export function aCurator(database: Database, outbox: Pick<Outbox, 'append'>): Curator {
  const parts: RulingParts = { database, outbox, clock: systemClock, ids: systemIds, failpoints: noFailpoints }
  const said = { reason: 'seen on the page of the publisher', via: 'api' }
  const rule: Curator['rule'] = async (wish, { key = randomUUID(), principal = CURATOR } = {}) => {
    const fingerprint = Buffer.from(JSON.stringify(wish))
    return (await ruleOnWorks({ wish, principal, said, key, fingerprint }, parts)).ruled
  }
  const workOf: Curator['workOf'] = async ({ recordId }) => (await findWorksHolding(database, [recordId]))[0]
  const shown = async (record: Pick<RecordSnapshot, 'recordId'>) => {
    const work = await workOf(record)
    if (!work) throw new Error(`record "${record.recordId}" is in no work`)
    return work
  }
  return {
    parts,
    rule,
    workOf,
    async link(one, other, role = null) {
      const [work, target] = [await shown(one), await shown(other)]
      const { workId, revision } = work
      return rule({
        type: 'link',
        workId,
        precondition: { revision, byHeader: false },
        body: { ...said, via: 'api', targetWorkId: target.workId, targetRevision: target.revision, role },
      })
    },
    async cut(...records) {
      const [first] = records
      if (!first) throw new Error('nothing to cut')
      const { workId, revision } = await shown(first)
      return rule({
        type: 'cut',
        workId,
        precondition: { revision, byHeader: false },
        body: { ...said, via: 'api', recordIds: records.map(({ recordId }) => recordId) },
      })
    },
    withdraw: (rulingId) => rule({ type: 'withdraw', rulingId }),
  }
}

/** A work by its id, whatever its state. */
export async function workById(database: Database, workId: string): Promise<RuledWork | undefined> {
  return (await findRuledWorks(database, [workId]))[0]
}

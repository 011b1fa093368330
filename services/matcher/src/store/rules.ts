import type { RuleSet, RuleVariation } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'

/** Rules by name, as any build can read of them. */
export interface NamedRules {
  readonly version: string
  readonly base: string
  readonly variation: RuleVariation | null
}

export interface RulesInUse extends NamedRules {
  /** Milliseconds since 1970. */
  readonly since: number
}

// Held shared by whoever places records and alone by whoever switches rules, until the transaction ends.
const LOCK = [2_011, 2]

/** Waits while rules are being switched; what is read in a later statement holds until the end of the transaction. */
export async function shareRules(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_xact_lock_shared($1, $2)', LOCK)
}

/** Waits for every transaction that places records by the rules of now. */
export async function ownRules(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1, $2)', LOCK)
}

export async function findRulesInUse(db: Queryable): Promise<RulesInUse | undefined> {
  const { rows } = await db.query<RulesInUse>(
    `select version, base, variation, floor(extract(epoch from since) * 1000)::bigint as since
       from rules_in_use join rule_sets using (version)`,
  )
  return rows[0]
}

/** Remembers a rule set; one of this version that is here already says the same. */
export async function saveRuleSet(db: Queryable, { version, base, variation }: NamedRules | RuleSet): Promise<void> {
  await db.query('insert into rule_sets (version, base, variation) values ($1, $2, $3) on conflict do nothing', [
    version,
    base,
    variation && JSON.stringify(variation),
  ])
}

/** To be called by whoever owns the rules. */
export async function useRules(db: Queryable, version: string): Promise<void> {
  await db.query(
    `insert into rules_in_use (version) values ($1)
     on conflict (one) do update set version = excluded.version, since = now()`,
    [version],
  )
}

export async function hasRecords(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>('select exists (select from records) as has')
  return rows[0]?.has ?? false
}

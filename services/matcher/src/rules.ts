import { type RuleSet, SHIPPED_RULES, variedRules } from '@atlas/linkage'
import { type Database, type Logger, type Queryable, RetryableError, type Tx } from '@atlas/runtime'
import { rulesAdopted, rulesOfAnotherBuild } from './events.ts'
import { restartRematch } from './store/rematch.ts'
import {
  findRulesInUse,
  hasRecords,
  type NamedRules,
  ownRules,
  saveRuleSet,
  shareRules,
  useRules,
} from './store/rules.ts'

/** The rules that every member places records by, until the end of this transaction. */
export async function rulesInUse(tx: Tx): Promise<RuleSet> {
  await shareRules(tx)
  const inUse = await findRulesInUse(tx)
  if (!inUse) return SHIPPED_RULES
  const rules = rulesOf(inUse)
  if (!rules)
    throw new RetryableError(
      `works are made by the rules "${inUse.version}", and this build has "${SHIPPED_RULES.base}": nothing is placed until they are switched (atlas matcher shadow), or a build that has them runs`,
    )
  return rules
}

const BY_VERSION = new Map<string, RuleSet>([[SHIPPED_RULES.version, SHIPPED_RULES]])

/** Undefined where only another build has them. */
export function rulesOf({ version, base, variation }: NamedRules): RuleSet | undefined {
  const known = BY_VERSION.get(version)
  if (known || base !== SHIPPED_RULES.base || variation === null) return known
  const rules = variedRules(variation)
  BY_VERSION.set(version, rules)
  return rules
}

/**
 * What a build does at its start with works that other rules made: it switches and goes through everything in the background,
 * or waits until an operator has seen what would change. Works of nobody knows which rules, and none at all, are taken over.
 */
export async function adoptRules(
  database: Database,
  { rules = SHIPPED_RULES, change }: { readonly rules?: RuleSet; readonly change: 'wait' | 'switch' },
  { runId, modelVersion, logger }: { readonly runId: string; readonly modelVersion: string; readonly logger: Logger },
): Promise<'same' | 'adopted' | 'waits'> {
  const { outcome, inUse } = await database.transaction(async (tx) => {
    const before = await findRulesInUse(tx)
    if (before?.base === rules.base) return { outcome: 'same', inUse: before } as const
    await ownRules(tx)
    const inUse = await findRulesInUse(tx)
    if (inUse?.base === rules.base) return { outcome: 'same', inUse } as const
    if (inUse && change === 'wait' && (await hasRecords(tx))) return { outcome: 'waits', inUse } as const
    await saveRuleSet(tx, rules)
    await useRules(tx, rules.version)
    await restartRematch(tx, runId, modelVersion)
    return { outcome: 'adopted', inUse } as const
  })
  if (outcome === 'adopted') rulesAdopted(logger, rules.version, inUse?.version ?? null)
  if (outcome === 'waits') rulesOfAnotherBuild(logger, rules.version, inUse.version)
  return outcome
}

/** Whether this build has the rules in use. */
export async function canPlace(tx: Queryable): Promise<boolean> {
  const inUse = await findRulesInUse(tx)
  return inUse === undefined || rulesOf(inUse) !== undefined
}

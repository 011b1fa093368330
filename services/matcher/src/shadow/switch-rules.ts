import { ATTRIBUTION_2, type RuleSet, SHIPPED_RULES } from '@atlas/linkage'
import { type Database, type Logger, Problem, quoted, type Tx } from '@atlas/runtime'
import { rulesAdopted, shadowMoved } from '../events.ts'
import { wakeWorkers } from '../store/queue.ts'
import { restartRematch } from '../store/rematch.ts'
import { findRulesInUse, ownRules, saveRuleSet, useRules } from '../store/rules.ts'
import { addShadow, dropShadowKeys, findShadow, lockShadow, moveShadow, type ShadowRun } from '../store/shadow.ts'
import { isUnderWay } from './shadow.ts'

/** Begins to find out what these rules would change; refused while another run is under way. */
export async function startShadow(
  database: Database,
  rules: RuleSet,
  runId: string,
  logger: Logger,
): Promise<ShadowRun> {
  const run = await database.transaction(async (tx) => {
    await saveRuleSet(tx, rules)
    const against = await versionInUse(tx)
    if (!(await addShadow(tx, { runId, version: rules.version, against })))
      throw new Problem(409, 'shadow_running', 'a shadow run is under way; wait for it, or cancel it')
    return lockShadow(tx, runId)
  })
  if (!run) throw new Error('the run that was just added is not there')
  await wakeWorkers(database)
  shadowMoved(logger, run)
  return run
}

/**
 * Makes the rules of the last finished run those of all members, once every transaction that still places records by the old
 * ones has ended, and begins to go through everything again. Whoever dies meanwhile leaves both or neither.
 */
export async function applyShadow(database: Database, rematchId: string, logger: Logger): Promise<ShadowRun> {
  const run = await database.transaction(async (tx) => {
    await ownRules(tx)
    const run = await lastRun(tx)
    if (run.phase !== 'done')
      throw new Problem(409, 'shadow_not_done', `the last shadow run is ${run.phase}: there is nothing to switch on`)
    const inUse = await versionInUse(tx)
    if (inUse !== run.against)
      throw new Problem(
        409,
        'rules_changed',
        `the report is against ${quoted(run.against)}, and ${quoted(inUse)} is in use: run it again`,
      )
    await useRules(tx, run.version)
    const applied: ShadowRun = { ...run, phase: 'applied' }
    await moveShadow(tx, applied)
    await restartRematch(tx, rematchId, ATTRIBUTION_2.version)
    return applied
  })
  await wakeWorkers(database)
  rulesAdopted(logger, run.version, run.against)
  return run
}

/** Ends the last run without switching anything on. */
export async function cancelShadow(database: Database, logger: Logger): Promise<ShadowRun> {
  const run = await database.transaction(async (tx) => {
    const run = await lastRun(tx)
    if (!isUnderWay(run) && run.phase !== 'done')
      throw new Problem(409, 'shadow_not_running', `the last shadow run is ${run.phase}`)
    const cancelled: ShadowRun = { ...run, phase: 'cancelled' }
    await dropShadowKeys(tx)
    await moveShadow(tx, cancelled)
    return cancelled
  })
  shadowMoved(logger, run)
  return run
}

async function lastRun(tx: Tx): Promise<ShadowRun> {
  const last = await findShadow(tx)
  const run = last && (await lockShadow(tx, last.runId))
  if (!run) throw new Problem(404, 'not_found', 'there was no shadow run yet')
  return run
}

/** A database that no build has adopted yet is of this one. */
async function versionInUse(tx: Tx): Promise<string> {
  const inUse = await findRulesInUse(tx)
  if (inUse) return inUse.version
  await saveRuleSet(tx, SHIPPED_RULES)
  return SHIPPED_RULES.version
}

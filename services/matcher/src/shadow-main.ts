import { readFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { parseVariation, SHIPPED_RULES, variedRules } from '@atlas/linkage'
import { createLogger, openDatabase, systemClock, systemIds } from '@atlas/runtime'
import { readConfig } from './config.ts'
import { isUnderWay, shadowStep } from './shadow/shadow.ts'
import { startShadow } from './shadow/switch-rules.ts'
import { findShadow } from './store/shadow.ts'
import { summariseChanges } from './store/shadow-changes.ts'

/**
 * `shadow-main.ts [--rules FILE]`, with the environment of the service, whose members may be of an earlier build: what the rules
 * of this checkout would change. Writes a JSON object a line: `{"event":"page","phase":…,"goneThrough":…}` and at last
 * `{"event":"done","version":…,"summary":…}`. Exit code 0, or 1 with a reason; called again, it goes on where it stopped.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rules: { type: 'string' } } })
  const rules =
    values.rules === undefined
      ? SHIPPED_RULES
      : variedRules(parseVariation(JSON.parse(readFileSync(values.rules, 'utf8'))))
  const config = readConfig(process.env)
  const logger = createLogger({
    service: 'matcher',
    version: config.version,
    level: 'warn',
    destination: process.stderr,
  })
  const tell = (event: string, rest: object) => process.stdout.write(`${JSON.stringify({ event, ...rest })}\n`)
  await using database = openDatabase(config.database, logger)
  const before = await findShadow(database)
  const goesOn = before !== undefined && isUnderWay(before) && before.version === rules.version
  const { runId } = goesOn ? before : await startShadow(database, rules, systemIds.next(), logger)
  for (;;) {
    const moved = await shadowStep(database, logger)
    const run = await findShadow(database)
    if (run?.runId !== runId || !isUnderWay(run)) break
    if (moved) tell('page', { phase: run.phase, goneThrough: run.goneThrough })
    // Another member has the page, or what arrives goes first.
    else await systemClock.sleep(500)
  }
  tell('done', { version: rules.version, summary: await summariseChanges(database, runId) })
}

await main()

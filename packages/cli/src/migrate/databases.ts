import { type MigrateOptions, type MigrationState, migrate, readMigrationState } from '@atlas/runtime'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { migrateOptionsOf } from './options.ts'

interface Target {
  readonly options: MigrateOptions
  readonly state: MigrationState
}

/** Says what each database lacks, or applies it; all are looked at before any is touched. */
export async function migrateDatabases(context: Context, names: readonly string[], check: boolean): Promise<void> {
  const targets: Target[] = []
  for (const options of migrateOptionsOf(context, names)) targets.push(await lookedAt(options))
  const newer = targets.filter(({ state }) => state.unknown.length > 0)
  if (newer.length > 0) throw new CliError(newer.map(newerText).join('\n'))
  if (check) return tellPending(context, targets)
  for (const target of targets) await bringUpToDate(context, target)
}

async function lookedAt(options: MigrateOptions): Promise<Target> {
  const state = await readMigrationState(options).catch((cause: unknown) => {
    throw new Error(`cannot look at ${options.database}`, { cause })
  })
  return { options, state }
}

function newerText({ options, state }: Target): string {
  const names = state.unknown.map(({ name, breaking }) => (breaking ? `${name} (breaking)` : name)).join(', ')
  return `${options.database} is newer than this build, which does not know ${names}: nothing was changed; run the migrate of the newer build`
}

function tellPending(context: Context, targets: readonly Target[]): void {
  for (const { options, state } of targets) context.print({ database: options.database, pending: state.pending })
  const count = targets.reduce((sum, { state }) => sum + state.pending.length, 0)
  if (count > 0) throw new CliError(`${count} migrations are pending; run them with: atlas migrate`)
  context.note('every database is up to date')
}

async function bringUpToDate(context: Context, { options, state }: Target): Promise<void> {
  const { database } = options
  if (state.pending.length > 0) context.note(`${database}: applying ${state.pending.join(', ')}`)
  const began = performance.now()
  const applied = await migrate(options).catch((cause: unknown) => {
    throw new Error(`${database} is not up to date: each migration before the one that failed stays`, { cause })
  })
  context.print({ database, applied, seconds: Number(((performance.now() - began) / 1000).toFixed(1)) })
}

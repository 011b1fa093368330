import { Command } from 'commander'
import type { Context } from '../context.ts'

const SETTINGS = `
Settings, in the environment (.dev/env of "atlas dev up" has them all), with each owner's name in capitals:
  DB_HOST, DB_PORT                    or INGEST_DB_HOST, INGEST_DB_PORT for a database elsewhere
  INGEST_DB_NAME                      ingest_db, unless it is set
  INGEST_DB_MIGRATE_USER, …_PASSWORD  the role that may become the owner; ingest_migrate, unless it is set
  INGEST_DB_OWNER                     the role that owns the tables; ingest_owner, unless it is set

Examples:
  atlas migrate --check
  atlas migrate
  atlas migrate ingest matcher

Exit code 1: with --check, something is pending; else a database is newer than this build, or a migration failed.`

/** Brings the databases of a deployment up to date, each by the role that may; all are looked at before any is touched. */
export function migrateCommand(context: Context): Command {
  return new Command('migrate')
    .description('bring the databases up to date, before new members of the services start')
    .argument('[owner...]', 'ingest, matcher, verifier, profiles, api, keys; without any, all of them')
    .option('--check', 'say what is pending, and change nothing')
    .addHelpText('after', SETTINGS)
    .action(async (names: string[], { check = false }: { check?: boolean }) => {
      // Loaded when it is needed: half of the time `--help` would take.
      const { migrateDatabases } = await import('../migrate/databases.ts')
      await migrateDatabases(context, names, check)
    })
}

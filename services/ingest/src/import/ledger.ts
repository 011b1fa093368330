import type { Database, Queryable } from '@atlas/runtime'
import type { RefusedLine } from '../arriving.ts'
import {
  beginRun,
  finishImport,
  type ImportEnd,
  type ImportJob,
  type ImportProgress,
  type Lease,
  saveProgress,
} from '../store/imports.ts'
import { insertRefused } from '../store/refused-lines.ts'

/** Where an import writes down how far it came. */
export interface Ledger {
  readonly importId?: number
  readonly batchId: string
  /** Whether anything stays when the import is over. */
  readonly stored: boolean
  begin(warnings: ImportJob['warnings']): Promise<void>
  /** In the transaction of a chunk; true: somebody wants the import to end. */
  save(tx: Queryable, progress: ImportProgress): Promise<boolean>
  /** Refusals that are not of a chunk that is kept. */
  refuse(database: Queryable, lines: readonly RefusedLine[]): Promise<void>
  /** Returns an earlier import of the very same bytes. */
  finish(end: ImportEnd): Promise<number | undefined>
}

/** A row of `imports`; with a lease, only for as long as this member holds it. */
export function storedLedger(database: Database, job: ImportJob, lease?: Lease): Ledger {
  const { importId, batchId, source, keepGoing } = job
  return {
    importId,
    batchId,
    stored: true,
    begin: (warnings) => beginRun(database, importId, { keepGoing, warnings }),
    save: async (tx, progress) => (await saveProgress(tx, importId, progress, lease)).cancelRequested,
    refuse: (queryable, lines) => insertRefused(queryable, { source, batchId }, lines),
    finish: (end) => finishImport(database, importId, end, lease),
  }
}

/** Writes nothing: a rehearsal on the command line. */
export const nowhere: Ledger = {
  batchId: 'dry-run',
  stored: false,
  begin: async () => undefined,
  save: async () => false,
  refuse: async () => undefined,
  finish: async () => undefined,
}

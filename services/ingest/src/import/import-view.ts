import type { ImportJob } from '../store/imports.ts'
import { isResumable } from './import-file.ts'

/** A job as it is shown. Rate and time left are of the run under way, or of the last one. */
export function importView(job: ImportJob) {
  const { importId, source, name, origin, code, detail, dryRun, keepGoing, records, counts, reading, warnings } = job
  return {
    id: importId,
    source,
    name,
    origin,
    state: stateOf(job),
    code,
    detail,
    dryRun,
    keepGoing,
    records,
    counts,
    ...reading,
    refusedByCode: reading.refused,
    refused: `/v1/imports/${importId}/refused`,
    bytes: job.readBytes,
    sizeBytes: job.sizeBytes,
    sha256: job.sha256,
    ...paceOf(job),
    warnings,
    resumable: job.spool !== null && isResumable(job) && isOver(job),
    startedAt: job.startedAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  }
}
export type ImportView = ReturnType<typeof importView>

export function isOver({ state }: Pick<ImportJob, 'state'>): boolean {
  return state !== 'received' && state !== 'scanning' && state !== 'importing'
}

/** `failed_storage`, `failed_checksum`, `failed_file_changed` …: what failed is part of the state. */
function stateOf({ state, code }: ImportJob): string {
  if (state !== 'failed' || code === null) return state
  return code.startsWith('failed_') ? code : `failed_${code}`
}

function paceOf(job: ImportJob) {
  const { runStartedAt, updatedAt, readBytes, runBytes, records, runRecords, sizeBytes } = job
  const seconds = runStartedAt === null ? 0 : (updatedAt.getTime() - runStartedAt.getTime()) / 1_000
  if (seconds <= 0 || readBytes <= runBytes) return { recordsPerSecond: null, bytesPerSecond: null, secondsLeft: null }
  const bytesPerSecond = (readBytes - runBytes) / seconds
  const left = sizeBytes === null || isOver(job) ? null : Math.ceil(Math.max(0, sizeBytes - readBytes) / bytesPerSecond)
  return {
    recordsPerSecond: Math.round((records - runRecords) / seconds),
    bytesPerSecond: Math.round(bytesPerSecond),
    secondsLeft: left,
  }
}

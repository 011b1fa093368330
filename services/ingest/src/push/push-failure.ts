import { classOf, Problem } from '@atlas/runtime'
import type { Counts } from '../arriving.ts'
import { CompressionError } from '../formats/decompress.ts'
import { ClientGoneError } from './body.ts'

/** Whether complete lines that came before this failure are kept: not when the body is not the one that was meant. */
export function mayKeepBefore(error: unknown): boolean {
  if (error instanceof ClientGoneError) return false
  return !(error instanceof Problem && (error.code === 'checksum_mismatch' || error.code === 'too_many_bad_lines'))
}

/** What is kept of a push that failed. */
export interface Committed {
  readonly lines: number
  readonly counts: Counts
  readonly lastLine: number
  readonly lastRecord: string | null
}

/** The failure as the sender sees it, with what is kept all the same: he goes on behind `lastLine`. */
export function withCommitted(error: unknown, committed: Committed): unknown {
  const problem = problemOf(error)
  if (problem === undefined) return error
  const { options } = problem
  const { lines: committedLines, counts, lastLine, lastRecord } = committed
  return new Problem(problem.status, problem.code, problem.message, {
    ...options,
    extensions: { ...options.extensions, committedLines, counts, lastLine, lastRecord },
  })
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof CompressionError)
    return new Problem(error.code === 'bad_compression' ? 400 : 413, error.code, error.message, {
      headers: { Connection: 'close' },
    })
  const kind = classOf(error)
  if (kind !== 'unavailable' && kind !== 'demoted' && kind !== 'contention') return undefined
  const full = error instanceof Error && 'code' in error && error.code === '53100'
  return new Problem(
    503,
    full ? 'storage_full' : 'database_unavailable',
    'the database does not answer; send it again',
    {
      headers: { 'Retry-After': '5', Connection: 'close' },
    },
  )
}

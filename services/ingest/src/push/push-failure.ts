import { classOf, Problem } from '@atlas/runtime'
import { CompressionError } from '../formats/decompress.ts'
import { ClientGoneError } from './body.ts'

/** Whether complete lines that came before this failure are kept: not when the body is not the one that was meant. */
export function mayKeepBefore(error: unknown): boolean {
  if (error instanceof ClientGoneError) return false
  return !(error instanceof Problem && (error.code === 'checksum_mismatch' || error.code === 'too_many_bad_lines'))
}

/** The failure as the sender sees it, with the number of lines that are kept all the same. */
export function withCommitted(error: unknown, committedLines: number): unknown {
  const problem = problemOf(error)
  if (problem === undefined) return error
  const { options } = problem
  return new Problem(problem.status, problem.code, problem.message, {
    ...options,
    extensions: { ...options.extensions, committedLines },
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

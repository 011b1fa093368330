import { CommanderError } from 'commander'

/** 0 ok · 1 failure · 2 usage · 3 some records were refused · 4 a dependency is away · 130 interrupted. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: 1 | 2 | 3 | 4
  constructor(message: string, exitCode: 1 | 2 | 3 | 4 = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT'])

export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return isAway(error) ? 4 : 1
}

/** One sentence for the person at the terminal. */
export function explainError(error: unknown): string {
  if (isAway(error)) return 'a service does not answer; is it running? ("./atlas dev status" tells about the local one)'
  return error instanceof Error ? error.message : String(error)
}

function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string' && AWAY.has(cause.code)) return true
  return false
}

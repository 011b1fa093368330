import { CommanderError } from 'commander'

/** 0 ok · 1 failure · 2 usage · 3 some records were refused · 4 a dependency is away · 5 a file was not read to its end · 130 interrupted. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: 1 | 2 | 3 | 4 | 5
  constructor(message: string, exitCode: 1 | 2 | 3 | 4 | 5 = 1, options: ErrorOptions = {}) {
    super(message, options)
    this.exitCode = exitCode
  }
}

const AWAY: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'],
  ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'RegistryUnavailableError'],
])

export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return isAway(error) ? 4 : 1
}

/** One sentence for the person at the terminal. */
export function explainError(error: unknown): string {
  if (isAway(error)) return 'a service does not answer; is it running? ("./atlas dev status" tells about the local one)'
  if (!(error instanceof Error)) return String(error)
  if (error instanceof CliError) return error.message
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (AWAY.has(cause.name) || ('code' in cause && AWAY.has(cause.code))) return true
  return false
}

/** What an error of the database means for whoever got it (the classes are a policy, so they are a table). */
export type ErrorClass =
  /** Unavailable: try again with back-off. */
  | 'unavailable'
  /** Lost a race: try again at once. */
  | 'contention'
  /** Talks to a demoted primary: drop the connections, then as unavailable. */
  | 'demoted'
  /** The data is impossible: quarantine. */
  | 'data'
  /** A broken reference or check: quarantine, and a bug of ours. */
  | 'constraint'
  /** Wrong schema or rights: a deployment fault; stop. */
  | 'deployment'
  /** Not from the database. */
  | 'other'

const EXACT: Readonly<Record<string, ErrorClass>> = {
  '25006': 'demoted',
  '40001': 'contention',
  '40P01': 'contention',
  '55P03': 'contention',
  '57014': 'contention',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '57P05': 'unavailable',
  '25P03': 'unavailable',
  '25P04': 'unavailable',
  '58030': 'unavailable',
}

const BY_CLASS: Readonly<Record<string, ErrorClass>> = {
  '08': 'unavailable',
  '53': 'unavailable',
  '22': 'data',
  '54': 'data',
  '23': 'constraint',
  '42': 'deployment',
  '28': 'deployment',
  '3D': 'deployment',
  XX: 'deployment',
}

const SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
])

/** The SQLSTATE or system code of an error; undefined where it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The class of an error thrown by a statement, a connection or the pool. */
export function classOf(error: unknown): ErrorClass {
  if (!(error instanceof Error)) return 'other'
  const code = codeOf(error)
  if (code !== undefined) {
    if (SOCKET.has(code) || isClosed(code, error.message)) return 'unavailable'
    return EXACT[code] ?? (/^[0-9A-Z]{5}$/.test(code) ? (BY_CLASS[code.slice(0, 2)] ?? 'other') : 'other')
  }
  // pg and pg-pool give these without a code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|Client was closed)/.test(
    error.message,
  )
    ? 'unavailable'
    : 'other'
}

/** Whoever looks after the database lets nobody in: of its code everything else is a fault of a statement. */
function isClosed(code: string, message: string): boolean {
  return code === '55000' && message.includes('not currently accepting connections')
}

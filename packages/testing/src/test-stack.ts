/** What a test process is told of the stack that runs beside it. Plain data: it crosses a process border. */
export interface TestStack {
  readonly postgres: {
    readonly host: string
    readonly port: number
    readonly adminUser: string
    readonly adminPassword: string
  }
  /** Passwords of the roles, by database owner. */
  readonly databases: Readonly<Record<DatabaseOwner, RolePasswords>>
  readonly brokers: readonly string[]
  readonly registryUrl: string
  readonly redisUrl: string
  readonly pids: Readonly<Record<string, number>>
}

export interface RolePasswords {
  readonly migrate: string
  readonly app: string
}

/** `keys` is the verifier's second database. */
export type DatabaseOwner = 'ingest' | 'matcher' | 'verifier' | 'profiles' | 'api' | 'keys'

export const DATABASE_OWNERS: readonly DatabaseOwner[] = ['ingest', 'matcher', 'verifier', 'profiles', 'api', 'keys']

export const PARTS = ['postgres', 'redis', 'kafka', 'registry'] as const
export type Part = (typeof PARTS)[number]

export type Env = Readonly<Record<string, string | undefined>>

/** A second listener of every broker, for clients that prove who they are over TLS. */
export interface SecuredListener {
  /** PKCS12: the broker's key, and its certificate with the authority's. */
  readonly keystore: string
  readonly keystorePassword: string
  /** The one user there is, by SCRAM-SHA-512; exists from the first start on. */
  readonly username: string
  readonly password: string
}

export interface StackOptions {
  /** Everything of this stack lives below it, apart from PostgreSQL's files where root may not own them (see README). */
  readonly dataDir: string
  /** False: a throw-away stack without fsync, whose data is removed on stop. */
  readonly persistent: boolean
  /** Keeps fsync on in a throw-away stack. */
  readonly durable?: boolean
  /** 1 by default; 3 allows topics with three replicas of which two must be in sync. */
  readonly brokers?: number
  readonly parts?: readonly Part[]
  readonly secured?: SecuredListener
  /** Addresses given here (KAFKA_BROKERS, SCHEMA_REGISTRY_URL, DB_HOST …, REDIS_URL) are used instead of starting that part. */
  readonly env?: Env
  readonly onProgress?: (line: string) => void
}

export interface PostgresAddress {
  readonly host: string
  readonly port: number
  readonly adminUser: string
  readonly adminPassword: string
}

export interface Stack extends AsyncDisposable {
  /** The addresses throw when their part is not among the `parts` of this stack. */
  readonly postgres: PostgresAddress
  readonly kafka: {
    readonly brokers: readonly string[]
    /** Addresses of the second listener; empty without one. */
    readonly secured: readonly string[]
  }
  /** Base of the registry's Confluent API. */
  readonly registryUrl: string
  readonly redisUrl: string
  /** The processes started here by name: `postgres`, `redis`, `kafka-1` …, `registry`. */
  readonly pids: Readonly<Record<string, number>>
  /** Ends every process started here, in reverse order; afterwards none of them and none of their ports is left. */
  stop(): Promise<void>
  /**
   * Sends a signal to a part as a fault would; returns after the exit when the signal ends it. PostgreSQL is treated as
   * a whole: SIGKILL, SIGSTOP and SIGCONT reach its children too.
   */
  kill(part: string, signal: NodeJS.Signals): Promise<void>
  /** Starts a killed part again, on the same port and data, and waits until it answers a real request. */
  start(part: string): Promise<void>
}

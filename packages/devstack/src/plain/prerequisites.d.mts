type Env = Readonly<Record<string, string | undefined>>

export interface Java {
  readonly path: string
  readonly major: number
}

export interface Prerequisites {
  readonly kafkaJava: Java | undefined
  /** The newest registry that the Java of this machine can run: 3.3.3 from Java 21 on, else 3.0.9. */
  readonly registry: { readonly java: Java; readonly version: '3.3.3' | '3.0.9' } | undefined
  readonly maven: string | undefined
  readonly redisServer: string | undefined
  /** One sentence for each missing program, naming it and how to get it; empty when all is there or given. */
  readonly missing: readonly string[]
}

/** Looks for Java, Maven and Redis; a part whose address the environment gives needs no program here. */
export function findPrerequisites(env?: Env): Prerequisites

export interface FoundPrograms {
  readonly kafkaJava: Java | undefined
  readonly newestJava: number
  readonly maven: string | undefined
  readonly redisServer: string | undefined
}

export function missingSentences(found: FoundPrograms, env: Env): string[]

/** The first of `names` found on the path or in the usual folders. */
export function findProgram(names: readonly string[], env: Env): string | undefined

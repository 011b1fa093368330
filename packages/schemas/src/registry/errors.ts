/** The registry gave no usable answer: retry with back-off, never judge a message by it. */
export class RegistryUnavailableError extends Error {
  override readonly name: string = 'RegistryUnavailableError'
  /** How the consumer loop knows that waiting may cure it. */
  readonly retryable = true
}

/** The registry does not know an id yet and its time to learn it is not over: retry like an unavailable registry. */
export class SchemaNotYetKnownError extends RegistryUnavailableError {
  override readonly name = 'SchemaNotYetKnownError'
}

/** An id means another schema than it did: every message that carries it is in doubt, so the service halts. */
export class SchemaIdChangedError extends Error {
  override readonly name = 'SchemaIdChangedError'
  readonly code = 'schema_id_changed'
  /** How the consumer loop knows that the partition has to stand still. */
  readonly haltCode = 'schema_id_changed'
}

/** A schema that readers or writers of earlier versions could not live with. Says one sentence a breach. */
export class IncompatibleSchemaError extends Error {
  override readonly name = 'IncompatibleSchemaError'
  readonly problems: readonly string[]

  constructor(subject: string, problems: readonly string[]) {
    super(`schema of "${subject}" is incompatible: ${problems.join('; ')}`)
    this.problems = problems
  }
}

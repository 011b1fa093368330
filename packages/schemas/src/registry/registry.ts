/** What a registry holds under an id. */
export interface RegisteredSchema {
  /** "AVRO", "JSON", "PROTOBUF" */
  readonly schemaType: string
  readonly schema: string
}

export interface SchemaVersion extends RegisteredSchema {
  readonly id: number
  readonly version: number
}

/** What a service may ask. Every call throws `RegistryUnavailableError` for whatever a later try may cure. */
export interface SchemaLookup {
  /** The id of this very schema under this subject. Never registers it. */
  findId(subject: string, schema: string): Promise<number | undefined>
  findSchema(id: number): Promise<RegisteredSchema | undefined>
  /** Subjects that have the id; empty where they were deleted or the registry does not say. */
  listSubjects(id: number): Promise<readonly string[]>
}

/** What the registration step may do besides. */
export interface SchemaRegistry extends SchemaLookup {
  /** Oldest first; empty for an unknown subject. */
  listVersions(subject: string): Promise<readonly SchemaVersion[]>
  /** What the registry has against this schema as the next version, in its own words; empty: nothing. */
  findObjections(subject: string, schema: string): Promise<readonly string[]>
  /** The id, equal for equal schemas however often and from how many sides. Throws `IncompatibleSchemaError`. */
  register(subject: string, schema: string): Promise<number>
  /** Sets the rule of a subject, or of all that have none of their own. */
  requireFullTransitive(subject?: string): Promise<void>
}

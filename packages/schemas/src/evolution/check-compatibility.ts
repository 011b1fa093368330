import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { createHttpRegistry, PUSH_TIMEOUT_MS } from '../registry/http.ts'
import type { SchemaRegistry } from '../registry/registry.ts'
import { subjectOf, TOPIC_NAMES, type TopicName } from '../topics.ts'
import { compareSchemas } from './compare-schemas.ts'
import { lintSchema } from './lint-schema.ts'

export type Schemas = Readonly<Record<TopicName, string>>

export interface RegistryAddress {
  readonly registryUrl: string
  readonly fetchTimeoutMs?: number
  /** Looked at instead of those compiled in, such as files that were edited and not generated from yet. */
  readonly schemas?: Partial<Schemas>
}

/** One subject as it would be registered. */
export interface SubjectReport {
  readonly topic: TopicName
  readonly subject: string
  /** Id of the compiled-in schema; undefined: not registered yet. */
  readonly id: number | undefined
  /** How many versions are registered. */
  readonly versions: number
  /** Sentences for a person; empty: compatible. */
  readonly problems: readonly string[]
}

/** Compares every compiled-in schema with every registered version, by our rules and by the registry's own. Writes nothing. */
export function checkCompatibility({
  registryUrl,
  fetchTimeoutMs,
  schemas,
}: RegistryAddress): Promise<readonly SubjectReport[]> {
  const registry = createHttpRegistry(registryUrl, fetchTimeoutMs ?? PUSH_TIMEOUT_MS)
  return checkSchemas(registry, { ...SCHEMAS, ...schemas })
}

export async function checkSchemas(registry: SchemaRegistry, schemas: Schemas): Promise<readonly SubjectReport[]> {
  const reports: SubjectReport[] = []
  for (const topic of TOPIC_NAMES) reports.push(await checkSubject(registry, topic, schemas[topic]))
  return reports
}

async function checkSubject(registry: SchemaRegistry, topic: TopicName, schema: string): Promise<SubjectReport> {
  const subject = subjectOf(topic)
  const id = await registry.findId(subject, schema)
  const versions = await registry.listVersions(subject)
  const own = versions.flatMap((version) =>
    compareSchemas(version.schema, schema).map((problem) => `${problem} (since version ${version.version})`),
  )
  const problems = [...lintSchema(schema), ...own]
  // The registry names no field; what we found says it better, and its word counts where we found nothing.
  const objections = id === undefined && problems.length === 0 ? await registry.findObjections(subject, schema) : []
  return { topic, subject, id, versions: versions.length, problems: [...problems, ...objections] }
}

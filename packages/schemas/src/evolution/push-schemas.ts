import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { IncompatibleSchemaError } from '../registry/errors.ts'
import { createHttpRegistry, PUSH_TIMEOUT_MS } from '../registry/http.ts'
import type { SchemaRegistry } from '../registry/registry.ts'
import { subjectOf, TOPIC_NAMES, type TopicName } from '../topics.ts'
import { checkSchemas, type RegistryAddress, type Schemas, type SubjectReport } from './check-compatibility.ts'

export interface PushedSubject {
  readonly topic: TopicName
  readonly subject: string
  readonly id: number
  /** False: this very schema was there already. */
  readonly registered: boolean
}

/**
 * Makes the registry know every schema, under FULL_TRANSITIVE. Repeating it, or running it twice at once,
 * changes nothing more; throws `IncompatibleSchemaError`, before anything is registered, when a schema breaks the rules.
 */
export function pushSchemas({
  registryUrl,
  fetchTimeoutMs,
  schemas,
}: RegistryAddress): Promise<readonly PushedSubject[]> {
  return pushTo(createHttpRegistry(registryUrl, fetchTimeoutMs ?? PUSH_TIMEOUT_MS), { ...SCHEMAS, ...schemas })
}

export async function pushTo(registry: SchemaRegistry, schemas: Schemas): Promise<readonly PushedSubject[]> {
  // First, so that no version can slip in unchecked: a registry's own default allows much more.
  await registry.requireFullTransitive()
  const reports = await checkSchemas(registry, schemas)
  refuseAll(reports)
  const pushed: PushedSubject[] = []
  for (const { topic, subject, id } of reports) {
    pushed.push({
      topic,
      subject,
      id: id ?? (await registry.register(subject, schemas[topic])),
      registered: id === undefined,
    })
  }
  // Only now has every subject to exist: some registries refuse a rule for one that does not.
  for (const topic of TOPIC_NAMES) await registry.requireFullTransitive(subjectOf(topic))
  return pushed
}

function refuseAll(reports: readonly SubjectReport[]): void {
  const bad = reports.filter(({ problems }) => problems.length > 0)
  if (bad.length === 0) return
  throw new IncompatibleSchemaError(
    bad.map(({ subject }) => subject).join(', '),
    bad.flatMap(({ problems }) => problems),
  )
}

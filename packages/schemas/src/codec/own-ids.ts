import { RegistryUnavailableError } from '../registry/errors.ts'
import type { SchemaLookup } from '../registry/registry.ts'
import { subjectOf, type TopicName } from '../topics.ts'
import { SCHEMAS } from './compiled-schemas.ts'
import { assertUnchanged, type KnownSchemas } from './known-schemas.ts'
import { backOffMs, type CodecOptions, type Settings } from './options.ts'

/**
 * The id of each topic's compiled-in schema, as the registry has it or, while that is away, as this service kept it.
 * Waits for a registry that is away or has not got the schemas; throws `SchemaIdChangedError` when a kept id means
 * another schema by now.
 */
export async function findOwnIds(
  lookup: SchemaLookup,
  known: KnownSchemas,
  options: CodecOptions,
  settings: Settings,
): Promise<ReadonlyMap<TopicName, number>> {
  const { clock, topics, startLimitMs = Number.POSITIVE_INFINITY } = options
  const startedAt = clock.monotonic()
  let said = ''
  for (let attempt = 0; ; attempt++) {
    settings.signal?.throwIfAborted()
    const answer = await askForIds(lookup, known, topics)
    if (answer.type === 'all') return answer.ids
    if (answer.type === 'away') {
      const ids = keptIds(known, topics)
      if (ids.size === topics.length) {
        settings.onEvent({ event: 'schema-ids-from-cache', topics, reason: answer.reason })
        return ids
      }
    }
    if (clock.monotonic() - startedAt >= startLimitMs)
      throw new RegistryUnavailableError(`no schema ids at start: ${answer.reason}`)
    // Once for each reason: a start that waits an hour is one line, not a thousand.
    if (answer.reason !== said) settings.onEvent({ event: 'schema-registry-waiting', topics, reason: answer.reason })
    said = answer.reason
    await clock.sleep(backOffMs(attempt), settings.signal)
  }
}

type Answer =
  | { readonly type: 'all'; readonly ids: ReadonlyMap<TopicName, number> }
  | { readonly type: 'missing' | 'away'; readonly reason: string }

async function askForIds(lookup: SchemaLookup, known: KnownSchemas, topics: readonly TopicName[]): Promise<Answer> {
  try {
    const ids = new Map<TopicName, number>()
    const answers = await Promise.all(topics.map((topic) => lookup.findId(subjectOf(topic), SCHEMAS[topic])))
    for (const [index, topic] of topics.entries()) {
      const id = answers[index]
      if (id === undefined) continue
      await known.learn({ id, subject: subjectOf(topic), schema: SCHEMAS[topic] })
      ids.set(topic, id)
    }
    await verifyKept(lookup, known)
    const missing = topics.filter((topic) => !ids.has(topic))
    if (missing.length === 0) return { type: 'all', ids }
    return { type: 'missing', reason: `not registered: ${missing.join(', ')} (run "atlas schemas push")` }
  } catch (error) {
    if (error instanceof RegistryUnavailableError) return { type: 'away', reason: error.message }
    throw error
  }
}

/** An id that the registry forgot stays good; one that means something else halts. */
async function verifyKept(lookup: SchemaLookup, known: KnownSchemas): Promise<void> {
  await Promise.all(
    known.list().map(async (entry) => {
      const answer = await lookup.findSchema(entry.id)
      if (answer !== undefined) assertUnchanged(entry, answer.schema)
    }),
  )
}

function keptIds(known: KnownSchemas, topics: readonly TopicName[]): ReadonlyMap<TopicName, number> {
  const ids = new Map<TopicName, number>()
  for (const topic of topics) {
    const id = known.findId(subjectOf(topic), SCHEMAS[topic])
    if (id !== undefined) ids.set(topic, id)
  }
  return ids
}

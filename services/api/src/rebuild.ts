import {
  assertMigrated,
  type Bus,
  type Clock,
  consumerDefinitionOf,
  createOutbox,
  type Database,
  type Exporter,
  type ExportPage,
  type Logger,
  loadFromExport,
  type ServiceConfig,
} from '@atlas/runtime'
import type { Codec } from '@atlas/schemas'
import { projections, READ_TOPICS, type ReadTopic, TOPICS_READ } from './consumers.ts'
import { MIGRATIONS } from './service.ts'
import { beginRebuild, endRebuild } from './store/rebuild.ts'

export interface RebuildParts {
  readonly config: ServiceConfig
  readonly database: Database
  readonly bus: Bus
  readonly codec: Codec
  readonly clock: Clock
  readonly logger: Logger
  /** Pages of the owner's export of a topic. */
  readonly exporterOf: (topic: ReadTopic) => Exporter
  readonly onLoaded?: (topic: ReadTopic, objects: number) => void
}

/**
 * Makes the read model anew: empties it, notes the ends of the topics, loads what the owners have through the handlers
 * that consume, and leaves the rest to the consumers. Cut short, it goes on where it stopped when it is called again.
 */
export async function rebuildReadModel(parts: RebuildParts): Promise<void> {
  const { config, database, codec, exporterOf, onLoaded } = parts
  await assertMigrated(database, MIGRATIONS)
  await database.transaction((tx) => beginRebuild(tx))
  const consumers = projections(codec)
  for (const topic of READ_TOPICS) {
    const { objects } = await consumers[topic].visit((spec) =>
      loadFromExport({
        ...parts,
        definition: consumerDefinitionOf(config, { migrations: MIGRATIONS, topics: TOPICS_READ }, spec),
        fetchPage: exporterOf(topic),
        topicPrefix: config.topicPrefix,
        outbox: createOutbox(TOPICS_READ),
      }),
    )
    onLoaded?.(topic, objects)
  }
  await endRebuild(database)
}

/** The export of a topic over its owner's HTTP interface. */
export function exporterAt(url: string, topic: ReadTopic, headers: () => Record<string, string>): Exporter {
  return async (after, limit) => {
    const page = new URL(`/internal/export/${topic}`, url)
    page.searchParams.set('limit', String(limit))
    if (after !== undefined) page.searchParams.set('after', after)
    const response = await fetch(page, { headers: headers(), signal: AbortSignal.timeout(60_000) })
    if (!response.ok) throw new Error(`the export of "${topic}" answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as ExportPage
  }
}

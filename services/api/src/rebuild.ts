import {
  assertMigrated,
  type Bus,
  type Clock,
  consumerDefinitionOf,
  createOutbox,
  type Database,
  type Exporter,
  type ExportPage,
  type LoadPlace,
  type Logger,
  loadFromExport,
  type ServiceConfig,
  startAgainAtEnds,
} from '@atlas/runtime'
import type { Codec } from '@atlas/schemas'
import { projections, READ_TOPICS, type ReadTopic, TOPICS_READ } from './consumers.ts'
import { MIGRATIONS } from './service.ts'
import { beginRebuild, emptyReadModel, endRebuild } from './store/rebuild.ts'

export interface RebuildParts {
  readonly config: ServiceConfig
  readonly database: Database
  readonly bus: Bus
  readonly codec: Codec
  readonly clock: Clock
  readonly logger: Logger
  /** Pages of the owner's export of a topic. */
  readonly exporterOf: (topic: ReadTopic) => Exporter
  /** Told after every page, and at the end of a topic. */
  readonly onProgress?: (topic: ReadTopic, objects: number, whole: boolean) => void
}

/**
 * Makes the read model anew: empties it with its consumers at the ends of the topics, and loads what the owners have
 * through the handlers that consume. Members may run meanwhile: they apply what is new, take decisions, and answer
 * questions about what is stored with 503. Cut short, it goes on where it stopped when it is called again.
 */
export async function rebuildReadModel(parts: RebuildParts): Promise<void> {
  const { config, database, codec, onProgress } = parts
  await assertMigrated(database, MIGRATIONS)
  const consumers = projections(codec)
  const visit = <R>(topic: ReadTopic, use: <T>(place: LoadPlace<T>) => Promise<R>) =>
    consumers[topic].visit((spec) =>
      use({
        bus: parts.bus,
        definition: consumerDefinitionOf(config, { migrations: MIGRATIONS, topics: TOPICS_READ }, spec),
        topicPrefix: config.topicPrefix,
      }),
    )
  await database.transaction(async (tx) => {
    if (!(await beginRebuild(tx))) return
    for (const topic of READ_TOPICS) await visit(topic, (place) => startAgainAtEnds(tx, place))
    await emptyReadModel(tx)
  })
  for (const topic of READ_TOPICS) {
    const fetchPage = counted(parts.exporterOf(topic), (objects) => onProgress?.(topic, objects, false))
    const { objects } = await visit(topic, (place) =>
      loadFromExport({ ...parts, ...place, fetchPage, outbox: createOutbox(TOPICS_READ) }),
    )
    onProgress?.(topic, objects, true)
  }
  await endRebuild(database)
}

/** The same pages, with the number of objects in them so far. */
function counted(fetchPage: Exporter, onPage: (objects: number) => void): Exporter {
  let objects = 0
  return async (after, limit) => {
    const page = await fetchPage(after, limit)
    objects += page.messages.length
    onPage(objects)
    return page
  }
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

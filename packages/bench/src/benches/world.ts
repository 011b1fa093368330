import { createPushKey, type Deployment, push } from '@atlas/testing/deployment'
import { createWorld, type World, type WorldRecord } from '@atlas/testing/world'

const LINES = 500

const KEYS = new WeakMap<Deployment, Map<string, Promise<string>>>()

/** One key a source and deployment: ingest allows no more than two that are active. */
function keyOf(deployment: Deployment, source: string): Promise<string> {
  const keys = KEYS.get(deployment) ?? new Map<string, Promise<string>>()
  KEYS.set(deployment, keys)
  const key = keys.get(source) ?? createPushKey(deployment, [source])
  keys.set(source, key)
  return key
}

/** Pushes records as their sources would, 500 a request, one request at a time. */
export async function pushAll(
  deployment: Deployment,
  records: readonly Pick<WorldRecord, 'source' | 'line'>[],
  onProgress: (pushed: number) => void = () => undefined,
): Promise<void> {
  let pushed = 0
  for (const [source, ofSource] of Map.groupBy(records, (record) => record.source)) {
    const key = await keyOf(deployment, source)
    for (let at = 0; at < ofSource.length; at += LINES) {
      const { counts, errors } = await push(
        deployment,
        key,
        source,
        ofSource.slice(at, at + LINES).map(({ line }) => line),
      )
      if (counts.refused > 0) throw new Error(`${source} was refused: ${JSON.stringify(errors[0])}`)
      pushed += Math.min(LINES, ofSource.length - at)
      onProgress(pushed)
    }
  }
}

/** The first `count` records of a world in formats of one JSON a line, from this publication on. */
export function jsonRecords(world: World, count: number, from = 0): readonly WorldRecord[] {
  const found: WorldRecord[] = []
  for (let at = from; found.length < count; at += 50)
    for (const record of world.records(at, at + 50))
      if (record.source !== 'pubmed' && !record.correction && found.length < count) found.push(record)
  return found
}

export { createWorld, type World }

import { SCHEMAS } from './codec/compiled-schemas.ts'
import { createCodecOn } from './codec/create-codec.ts'
import type { CodecClock } from './codec/options.ts'
import type { Codec, SchemaCache } from './codec.ts'
import { pushTo } from './evolution/push-schemas.ts'
import { createMemoryRegistry } from './registry/memory.ts'
import { TOPIC_NAMES } from './topics.ts'

export { createCodecOn } from './codec/create-codec.ts'
export { createMemoryRegistry, type MemoryRegistry } from './registry/memory.ts'

/** A cache that forgets at the end of the test. */
export function createMemoryCache(): SchemaCache {
  const entries = new Map<number, { readonly id: number; readonly subject: string; readonly schema: string }>()
  return {
    load: async () => [...entries.values()],
    save: async (entry) => {
      if (!entries.has(entry.id)) entries.set(entry.id, entry)
    },
  }
}

const NO_WAITING: CodecClock = {
  monotonic: () => 0,
  sleep: () => Promise.reject(new Error('a codec over a registry in memory has nothing to wait for')),
}

/** A codec of all topics over a registry in memory, for unit tests of services. */
export async function createMemoryCodec(): Promise<Codec> {
  const registry = createMemoryRegistry()
  await pushTo(registry, SCHEMAS)
  return createCodecOn(registry, { cache: createMemoryCache(), topics: TOPIC_NAMES, clock: NO_WAITING })
}

import type { Allocate, Codec, Decoded, MessageTypes } from '../codec.ts'
import { createHttpRegistry, FETCH_TIMEOUT_MS } from '../registry/http.ts'
import type { SchemaLookup } from '../registry/registry.ts'
import { subjectOf, type TopicName } from '../topics.ts'
import { type BodyReader, createBodyReader } from '../wire/body-reader.ts'
import { type BodyWriter, createBodyWriter } from '../wire/body-writer.ts'
import { FRAME_BYTES, parseFrame, writeFrame } from '../wire/frame.ts'
import { SCHEMAS } from './compiled-schemas.ts'
import { loadKnownSchemas } from './known-schemas.ts'
import { type CodecOptions, settingsOf } from './options.ts'
import { findOwnIds } from './own-ids.ts'
import { WriterSchemas } from './writer-schemas.ts'

/** A codec over the registry at `registryUrl`; see `createCodecOn`. */
export function createCodec(
  options: CodecOptions & { readonly registryUrl: string; readonly fetchTimeoutMs?: number },
): Promise<Codec> {
  return createCodecOn(createHttpRegistry(options.registryUrl, options.fetchTimeoutMs ?? FETCH_TIMEOUT_MS), options)
}

/**
 * Resolves once every topic's schema has its id: from the registry, or kept from an earlier start while that is away.
 * After that encoding asks nobody, and decoding asks only for ids that were never seen.
 */
export async function createCodecOn(lookup: SchemaLookup, options: CodecOptions): Promise<Codec> {
  const settings = settingsOf(options)
  const known = await loadKnownSchemas(options.cache)
  const ids = await findOwnIds(lookup, known, options, settings)
  const writers = new WriterSchemas(lookup, known, options.clock, settings)
  const parts = new Map([...ids].map(([topic, id]) => [topic, createTopicCodec(topic, id, writers)] as const))
  const partOf = (topic: TopicName): TopicCodec => {
    const part = parts.get(topic)
    if (part === undefined) throw new Error(`codec was not made for topic "${topic}"`)
    return part
  }
  return {
    encode: (topic, value, allocate) => partOf(topic).encode(value, allocate),
    decode: <T extends TopicName>(topic: T, value: Buffer | null) =>
      partOf(topic).decode(value) as Promise<Decoded<MessageTypes[T]>>,
  }
}

interface TopicCodec {
  encode(value: unknown, allocate?: Allocate): Buffer
  decode(value: Buffer | null): Promise<Decoded<unknown>>
}

function createTopicCodec(topic: TopicName, id: number, writers: WriterSchemas): TopicCodec {
  const write: BodyWriter = createBodyWriter(SCHEMAS[topic], topic)
  const readers = new Map<number, BodyReader>([[id, createBodyReader(SCHEMAS[topic], SCHEMAS[topic])]])
  return {
    encode(value, allocate) {
      const bytes = write(value, FRAME_BYTES, allocate)
      writeFrame(bytes, id)
      return bytes
    },
    decode(value) {
      const frame = parseFrame(value)
      if (!frame.ok || value === null) return Promise.resolve(frame as Decoded<never>)
      const read = readers.get(frame.id)
      if (read !== undefined) return Promise.resolve(read(value, FRAME_BYTES))
      return findReader(topic, frame.id, writers, readers).then((found) => found(value, FRAME_BYTES))
    },
  }
}

async function findReader(
  topic: TopicName,
  id: number,
  writers: WriterSchemas,
  readers: Map<number, BodyReader>,
): Promise<BodyReader> {
  const resolution = await writers.resolve(id, subjectOf(topic))
  switch (resolution.type) {
    case 'unknown':
      return () => ({ ok: false, code: 'schema_unknown', detail: `schema id ${id}` })
    case 'unsupported':
      return () => ({
        ok: false,
        code: 'schema_type_unsupported',
        detail: `schema id ${id} is ${resolution.schemaType}`,
      })
    case 'schema': {
      const read = readerOf(topic, resolution.entry.subject, resolution.entry.schema, id)
      readers.set(id, read)
      return read
    }
  }
}

function readerOf(topic: TopicName, subject: string, schema: string, id: number): BodyReader {
  if (subject !== subjectOf(topic)) {
    return () => ({ ok: false, code: 'schema_not_for_topic', detail: `schema id ${id} is of "${subject}"` })
  }
  try {
    return createBodyReader(schema, SCHEMAS[topic])
  } catch {
    // A version that breaks the rules of evolution, or uses what we never do: as unreadable as a foreign format.
    return () => ({ ok: false, code: 'schema_type_unsupported', detail: `schema id ${id} cannot be read as ours` })
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import type { TopicName } from '../topics.ts'

/** One version of a topic's schema with a value as it was written then. Never rewritten: old messages look like this. */
export interface GoldenFile {
  readonly topic: TopicName
  readonly version: number
  /** SHA-256 of the schema's canonical form: what the bytes depend on. */
  readonly fingerprint: string
  /** The schema as it was registered. */
  readonly schema: unknown
  /** Bytes are {"$bytes": hex}. */
  readonly value: unknown
  /** The Avro body, without the frame. */
  readonly hex: string
}

export const GOLDEN_FOLDER = new URL('../../golden/', import.meta.url)

/** All versions of a topic, oldest first. */
export function listGoldenFiles(topic: TopicName): readonly GoldenFile[] {
  return readdirSync(GOLDEN_FOLDER)
    .filter((name) => new RegExp(`^${topic}\\.v\\d+\\.json$`).test(name))
    .map((name) => parseGolden(readFileSync(new URL(name, GOLDEN_FOLDER), 'utf8')))
    .toSorted((left, right) => left.version - right.version)
}

export function formatGolden(file: GoldenFile): string {
  return `${JSON.stringify(file, (_key, value) => hexOf(value), 2)}\n`
}

function parseGolden(text: string): GoldenFile {
  return JSON.parse(text, (_key, value) => (isBytes(value) ? Buffer.from(value.$bytes, 'hex') : value))
}

// Buffer's own toJSON has run before the replacer sees it.
function hexOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('data' in value)) return value
  return value.type === 'Buffer' && Array.isArray(value.data)
    ? { $bytes: Buffer.from(value.data).toString('hex') }
    : value
}

function isBytes(value: unknown): value is { readonly $bytes: string } {
  return typeof value === 'object' && value !== null && '$bytes' in value && typeof value.$bytes === 'string'
}

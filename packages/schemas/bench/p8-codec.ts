import avro from 'avsc'
import { SCHEMAS } from '../src/codec/compiled-schemas.ts'
import { sampleValue } from '../src/golden/sample-value.ts'
import type { Codec, MessageTypes } from '../src/index.ts'
import { createMemoryCodec } from '../src/testing.ts'
import { FRAME_BYTES } from '../src/wire/frame.ts'

/** One measure of `pnpm bench`: our rate as a share of bare avsc's on the same value. */
export interface Measure {
  readonly id: string
  readonly value: number
  readonly bar: number
  readonly holds: boolean
  readonly runs: readonly number[]
}

const RUNS = 9
const SLICE_MS = 120

/** P8: encode and decode of a candidate and of a record. The two sides take turns, so that a slow moment hits both. */
export async function measureCodec(): Promise<readonly Measure[]> {
  const codec = await createMemoryCodec()
  return [...(await measureTopic(codec, 'candidates')), ...(await measureTopic(codec, 'records'))]
}

/** What bare avsc makes of a message of ours after its frame, unchecked: the yardstick of everything that decodes. */
export function bareDecoder(topic: 'candidates' | 'records'): (message: Buffer) => unknown {
  const bare = avro.Type.forSchema(JSON.parse(SCHEMAS[topic]))
  return (message) => bare.decode(message, FRAME_BYTES).value
}

async function measureTopic(codec: Codec, topic: 'candidates' | 'records'): Promise<readonly Measure[]> {
  const bare = avro.Type.forSchema(JSON.parse(SCHEMAS[topic]))
  const value = lifelike(sampleValue(SCHEMAS[topic])) as MessageTypes[typeof topic]
  const body = bare.toBuffer(value)
  const message = codec.encode(topic, value)
  const encode: number[] = []
  const decode: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const bareEncode = await rate(() => bare.toBuffer(value))
    encode.push((await rate(() => codec.encode(topic, value))) / bareEncode)
    const bareDecode = await rate(() => bare.fromBuffer(body))
    decode.push((await rateAwaited(() => codec.decode(topic, message))) / bareDecode)
  }
  return [measure(`P8 encode ${topic}`, encode, 0.7), measure(`P8 decode ${topic}`, decode, 0.5)]
}

// Ids and ASCII words as most messages have them, instead of the sample's strings that are half beyond ASCII.
function lifelike(value: unknown): unknown {
  if (typeof value === 'string')
    return value.startsWith('name') ? 'Élodie Müller-García' : value.replace(/[^ -~]+/g, 'abcdef')
  if (Array.isArray(value)) return value.map(lifelike)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, lifelike(part)]))
}

function measure(id: string, runs: readonly number[], bar: number): Measure {
  const value = runs.toSorted((left, right) => left - right)[Math.floor(runs.length / 2)] ?? 0
  return { id, value, bar, holds: value >= bar, runs }
}

async function rate(work: () => unknown): Promise<number> {
  const start = performance.now()
  let count = 0
  for (; performance.now() - start < SLICE_MS; count += 50) for (let index = 0; index < 50; index++) work()
  return count / (performance.now() - start)
}

async function rateAwaited(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  let count = 0
  for (; performance.now() - start < SLICE_MS; count += 50) for (let index = 0; index < 50; index++) await work()
  return count / (performance.now() - start)
}

if (import.meta.main) for (const line of await measureCodec()) console.log(JSON.stringify(line))

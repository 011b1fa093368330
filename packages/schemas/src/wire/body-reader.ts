import type { Decoded } from '../codec.ts'
import { compileType } from './avro-type.ts'
import { InvalidBodyError } from './invalid-body-error.ts'
import { compileLayout } from './layout.ts'
import { scanBody } from './scan.ts'

/** Reads the bytes from `start` to the end as the reader's schema sees them: a whole value, or why there is none. */
export type BodyReader = (bytes: Buffer, start: number) => Decoded<unknown>

/** Compiles the way from one writer's schema to the reader's; throws when no value of the one is a value of the other. */
export function createBodyReader(writer: string, reader: string): BodyReader {
  const layout = compileLayout(writer, reader)
  const writerType = compileType(writer)
  const readerType = compileType(reader)
  const same = writerType.fingerprint().equals(readerType.fingerprint())
  const resolver = same ? undefined : readerType.createResolver(writerType)
  return (bytes, start) => {
    try {
      const { negativeZeros } = scanBody(layout, bytes, start, bytes.length)
      const clean = negativeZeros.length === 0 ? bytes : withoutSigns(bytes, negativeZeros)
      return { ok: true, value: readerType.decode(clean, start, resolver).value }
    } catch (error) {
      return refusal(error)
    }
  }
}

function withoutSigns(bytes: Buffer, negativeZeros: readonly number[]): Buffer {
  const copy = Buffer.from(bytes)
  for (const at of negativeZeros) copy[at] = 0
  return copy
}

function refusal(error: unknown): Decoded<never> {
  if (error instanceof InvalidBodyError) return { ok: false, code: error.code, detail: error.message }
  // The stack is the only limit that avsc meets by crashing.
  if (error instanceof RangeError) return { ok: false, code: 'too_deep', detail: error.message }
  // avsc names the kind of value and quotes it; a quarantine row must not hold personal text.
  if (error instanceof Error) return { ok: false, code: 'avro_decode', detail: 'no value of the schema' }
  throw error
}

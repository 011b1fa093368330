import type avro from 'avsc'
import type { Allocate } from '../codec.ts'
import { compileType } from './avro-type.ts'
import { InvalidBodyError } from './invalid-body-error.ts'
import { compileLayout } from './layout.ts'
import { type Scanned, scanBody } from './scan.ts'

/** A value that its own schema, or every reader, would refuse: a defect of the caller. Says where, never what. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError'
  /** What a reader would refuse it as; undefined where the value is not of its schema, which is a defect of the writer. */
  readonly code: string | undefined
  constructor(message: string, { code, ...options }: ErrorOptions & { readonly code?: string } = {}) {
    super(message, options)
    this.code = code
  }
}

/** Appends a value's bytes to `prefixBytes` free bytes in a buffer of its own, or in what `allocate` gives. */
export type BodyWriter = (value: unknown, prefixBytes: number, allocate?: Allocate) => Buffer

// One for the process: encoding is synchronous. Larger ones are not kept, 16 MiB hold every message that a topic takes.
const KEPT_BYTES = 16 * 2 ** 20
let scratch = Buffer.allocUnsafeSlow(64 * 1024)

/** Compiles a writer that lets nothing out which a reader would refuse. `name` is what errors call the value. */
export function createBodyWriter(schema: string, name: string): BodyWriter {
  const type = compileType(schema)
  const layout = compileLayout(schema)
  return (value, prefixBytes, allocate = Buffer.allocUnsafe) => {
    const written = writeTo(scratch, type, value, prefixBytes, name)
    const scanned = scanned_(() => scanBody(layout, written.bytes, prefixBytes, written.end), name)
    if (scanned.replacement) refuseHalfCharacters(value, name)
    for (const at of scanned.negativeZeros) written.bytes[at] = 0
    const own = allocate(written.end)
    written.bytes.copy(own, prefixBytes, prefixBytes, written.end)
    return own
  }
}

interface Written {
  readonly bytes: Buffer
  readonly end: number
}

function writeTo(target: Buffer, type: avro.Type, value: unknown, start: number, name: string): Written {
  let end: number
  try {
    end = type.encode(value, target, start)
  } catch (cause) {
    throw new EncodeError(`${name} do not fit their schema at ${firstMisfit(type, value)}`, { cause })
  }
  if (end >= 0) return { bytes: target, end }
  const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(target.length - end)))
  if (larger.length <= KEPT_BYTES) scratch = larger
  return writeTo(larger, type, value, start, name)
}

function scanned_(scan: () => Scanned, name: string): Scanned {
  try {
    return scan()
  } catch (error) {
    if (error instanceof InvalidBodyError)
      throw new EncodeError(`${name} would be refused as "${error.code}": ${error.message}`, { code: error.code })
    throw error
  }
}

function firstMisfit(type: avro.Type, value: unknown): string {
  const misfits: string[] = []
  type.isValid(value, {
    errorHook: (path, _value, expected) => misfits.push(`"${path.join('.')}" (${expected.typeName})`),
  })
  return misfits[0] ?? 'an unknown place'
}

// An encoder writes a lone surrogate as U+FFFD, and the reader would get another text than was sent.
function refuseHalfCharacters(value: unknown, name: string): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      throw new EncodeError(`${name} would be refused as "forbidden_character": lone surrogate`, {
        code: 'forbidden_character',
      })
  } else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) {
    for (const part of Object.values(value)) refuseHalfCharacters(part, name)
  }
}

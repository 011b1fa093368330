import { createReadStream, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { FieldError, type Fields, fieldsOf } from './fields.ts'

/** A file of a set cannot be used; the message says which file, which line, and what is wrong. */
export class BadFileError extends Error {
  override readonly name = 'BadFileError'
}

export type ReadLine<T> = (fields: Fields) => T

/** The file of that name in a folder, packed or plain: `records.jsonl.gz` or `records.jsonl`. */
export function fileOf(folder: string, name: string): string {
  const found = optionalFileOf(folder, name)
  if (found === undefined) throw new BadFileError(`no file "${name}.jsonl.gz" or "${name}.jsonl" in "${folder}"`)
  return found
}

/** The same of a file that a set may lack. */
export function optionalFileOf(folder: string, name: string): string | undefined {
  if (!existsSync(folder)) throw new BadFileError(`no folder "${folder}"`)
  return [`${name}.jsonl.gz`, `${name}.jsonl`].map((file) => join(folder, file)).find((file) => existsSync(file))
}

/** Every line of a file of JSON lines as `read` understands it; what it throws is told with file and line. */
export async function readLines<T>(file: string, read: ReadLine<T>): Promise<readonly T[]> {
  const values: T[] = []
  for await (const [line, content] of contents(file)) {
    if (content.trim() === '') continue
    try {
      values.push(read(fieldsOf(parsed(content), 'the line')))
    } catch (error) {
      if (error instanceof FieldError) throw new BadFileError(`${basename(file)}:${line}: ${error.message}`)
      throw error
    }
  }
  return values
}

async function* contents(file: string): AsyncGenerator<readonly [line: number, content: string]> {
  const bytes = createReadStream(file)
  const plain: Readable = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  // An error does not travel along a pipe, and readline would end as if the file had.
  bytes.on('error', (error) => plain.destroy(error))
  let line = 0
  try {
    const lines = createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })
    for await (const content of lines) yield [++line, content]
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new BadFileError(`${basename(file)}: cannot be read after line ${line}: ${why}`, { cause })
  }
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (cause) {
    throw new FieldError('is not JSON', { cause })
  }
}

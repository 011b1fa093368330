import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from './database.ts'

export type CopyValue = string | number | boolean | Date | Buffer | null | readonly string[]

/** Loads rows by COPY in text form; values are escaped here. Bounded memory: 64 KiB chunks, the socket sets the pace. */
export async function copyRows(tx: Tx, target: string, rows: Iterable<readonly CopyValue[]>): Promise<void> {
  await pipeline(
    Readable.from(chunks(rows), { objectMode: false }),
    tx.client.query(copyFrom(`copy ${target} from stdin`)),
  )
}

function* chunks(rows: Iterable<readonly CopyValue[]>): Generator<string> {
  let chunk = ''
  for (const row of rows) {
    chunk += `${row.map(encoded).join('\t')}\n`
    if (chunk.length > 65_536) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk !== '') yield chunk
}

function encoded(value: CopyValue): string {
  if (value === null) return '\\N'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object')
    return escaped(`{${value.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
  return escaped(String(value))
}

const SPECIAL: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (char) => SPECIAL[char] ?? char)
}

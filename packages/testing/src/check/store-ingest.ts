import { createHash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import { recordIdOf } from '@atlas/identifiers'
import type { Queryable } from '@atlas/runtime'
import type { Head, RawRow } from './dumps.ts'

interface Row extends Omit<RawRow, 'recordId' | 'actual'> {
  readonly block: number
  readonly start: number
  readonly size: number
}

/** Every kept version, with the checksum of its bytes worked out once more. */
export async function readRawRecords(db: Queryable): Promise<readonly RawRow[]> {
  // References are dropped a day after: an hour less, since a service's clock and the server's differ.
  const { rows } = await db.query<Row>(
    `select source, source_id as "sourceId", raw_version as "rawVersion", encode(checksum, 'hex') as checksum, class,
            published_version as "publishedVersion", xmin::text as xid, received_at > now() - interval '23 hours' as recent,
            block_id as block, block_start as start, size_bytes as size
       from raw_records`,
  )
  const byBlock = Map.groupBy(rows, ({ block }) => block)
  const read: RawRow[] = []
  // 200 blocks hold at most 3,200 records: some 10 MB.
  for (const ids of pages([...byBlock.keys()], 200)) {
    const { rows: blocks } = await db.query<{ id: number; encoding: string; payload: Buffer }>(
      'select block_id as id, encoding, payload from raw_blocks where block_id = any($1::bigint[])',
      [ids],
    )
    const payloads = new Map(blocks.map((block) => [block.id, bytesOf(block)]))
    for (const id of ids)
      for (const { block, start, size, ...row } of byBlock.get(id) ?? [])
        read.push({
          ...row,
          recordId: recordIdOf(row.source, row.sourceId),
          actual: sha256(payloads.get(block)?.subarray(start, start + size)),
        })
  }
  return read
}

export async function readHeads(db: Queryable): Promise<readonly Head[]> {
  const { rows } = await db.query<Head>(
    'select record_id as "recordId", version, raw_versions as "rawVersions" from heads',
  )
  return rows
}

function bytesOf({ encoding, payload }: { readonly encoding: string; readonly payload: Buffer }): Buffer | undefined {
  if (encoding === 'identity') return payload
  try {
    return zstdDecompressSync(payload)
  } catch {
    return undefined // What cannot be unpacked has no checksum, and so not its own.
  }
}

function sha256(bytes: Buffer | undefined): string {
  return bytes === undefined ? 'cannot be read' : createHash('sha256').update(bytes).digest('hex')
}

function* pages<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size)
}

import { hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '@atlas/runtime'
import type { Adapter } from '../adapters/adapter.ts'
import { ChunkRoom } from '../chunk-room.ts'
import { IMPORT_CHUNK, inChunks } from '../chunks.ts'
import type { Framed } from '../formats/framed.ts'
import { batchesOfFile } from '../formats/records-of-file.ts'
import { type Block, Packer } from '../payload.ts'
import { runChunks } from '../run-chunks.ts'
import { insertRawRecords, type RawVersion } from '../store/raw-records.ts'
import { NOT_REGULAR } from './find-files.ts'
import { openFile } from './read-file.ts'

/** Records after which the chunk before may go on: it waits for the database's answers meanwhile. */
const SLICE = 32

interface Landing {
  readonly versions: readonly RawVersion[]
  readonly blocks: Promise<readonly Block[]>
  readonly room: ChunkRoom
}

/**
 * What an import does with a file before anybody reads a record in it: cut, checksum, pack, COPY, a transaction a chunk, and
 * the next chunk is made ready meanwhile. For the bench, which holds it against a bare load of the same rows. Returns how many.
 */
export async function landFile(
  database: Pick<Database, 'transaction'>,
  adapter: Adapter,
  path: string,
): Promise<number> {
  await using file = await openFile(path, path)
  if (file === undefined) throw new Error(NOT_REGULAR.detail)
  let landed = 0
  await runChunks<Landing>(
    inChunks(batchesOfFile(file.read(), { adapter, fileName: path }), () => true, IMPORT_CHUNK),
    {
      prepare: landingOf,
      async commit({ versions, blocks, room }) {
        const packed = await blocks
        await database.transaction((tx) => insertRawRecords(tx, adapter.source, versions, packed))
        room.release()
        landed += versions.length
        return []
      },
      committed: async () => undefined,
    },
  )
  return landed
}

async function landingOf(lines: readonly Framed[]): Promise<Landing> {
  const room = new ChunkRoom()
  const packer = new Packer(room)
  const versions: RawVersion[] = []
  for (const [at, framed] of lines.entries()) {
    if (!framed.ok) throw new Error(`record ${framed.error.ordinal} cannot be cut out: ${framed.error.detail}`)
    const { bytes, ordinal, format, context } = framed.element
    const checksum = hash('sha256', bytes, 'hex')
    versions.push(
      unread({ sourceId: `W${ordinal}`, checksum, place: packer.add(bytes), sizeBytes: bytes.length, format, context }),
    )
    if (at % SLICE === SLICE - 1) await nextTurn()
  }
  return { versions, blocks: packer.finish(), room }
}

type Known = Pick<RawVersion, 'sourceId' | 'checksum' | 'place' | 'sizeBytes' | 'format' | 'context'>

/** With what only a reader would know, as wide as it is in most rows. */
function unread({ sourceId, checksum, place, sizeBytes, format, context }: Known): RawVersion {
  return {
    sourceId,
    checksum,
    place,
    sizeBytes,
    format,
    context,
    rawVersion: 1,
    versionClass: 'first',
    publishedVersion: 1,
    stamp: 0,
    fetchedAt: null,
    receivedAt: 0,
    normaliser: 'unread/1',
    fingerprints: NO_PRINTS,
    changed: NOTHING,
  }
}

const NO_PRINTS = '0'.repeat(128)
const NOTHING: readonly string[] = []

// Real records of several sources, as ingest would publish them; none of them is part of the repository.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { foldName, mentionKeyOf, recordIdOf, snapshotEventId } from '@atlas/identifiers'
import { type RecordAuthor, type RecordSnapshot, recordDefaults } from '@atlas/schemas'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const READER = `${ROOT}services/ingest/src/read-main.ts`

/** What ingest's reader tells of a record: the snapshot without what ingest adds. */
type Read = Pick<
  RecordSnapshot,
  | 'source'
  | 'sourceId'
  | 'sourceUpdatedAt'
  | 'deleted'
  | 'titles'
  | 'abstract'
  | 'type'
  | 'typeAsGiven'
  | 'published'
  | 'language'
  | 'venue'
  | 'identifiers'
  | 'subjects'
  | 'retracted'
  | 'openAccess'
> & {
  readonly title: string | null
  readonly authors: readonly Omit<RecordAuthor, 'mentionKey' | 'aliases' | 'ambiguousAlias'>[]
}

/**
 * The samples beside the clone, read by ingest's own program, in the order of the files; a record that comes again with other
 * content is its next version. Undefined where the samples are not on this machine.
 */
export function sampleSnapshots(shared: string | undefined): readonly RecordSnapshot[] | undefined {
  const folder = resolve(ROOT, shared ?? '../shared', 'data/samples')
  if (!existsSync(folder)) return undefined
  const run = spawnSync(process.execPath, ['--conditions=development', READER, realpathSync(folder)], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`reading the samples ended with ${run.status}: ${run.stderr}`)
  const heads = new Map<string, RecordSnapshot>()
  return run.stdout.split('\n').flatMap((line) => {
    if (line === '') return []
    const { event, ...read } = JSON.parse(line) as Read & { readonly event: string }
    if (event !== 'record') return []
    const id = `${read.source}:${read.sourceId}`
    const head = heads.get(id)
    const snapshot = snapshotOf(read, (head?.version ?? 0) + 1)
    if (head?.checksum === snapshot.checksum) return []
    heads.set(id, snapshot)
    return [snapshot]
  })
}

function snapshotOf(read: Read, version: number): RecordSnapshot {
  const recordId = recordIdOf(read.source, read.sourceId)
  const checksum = sha256(JSON.stringify(read))
  return {
    ...recordDefaults,
    ...read,
    eventId: snapshotEventId('records', recordId, version),
    version,
    recordId,
    normaliser: `${read.source}/1`,
    rawVersion: version,
    checksum,
    fetchedAt: 1_700_000_000_000,
    suppressed: false,
    fingerprints: { identity: checksum, bibliographic: checksum, volatile: checksum, cosmetic: checksum },
    title: read.title ?? read.titles.find(({ kind }) => kind === 'main')?.text ?? null,
    authors: mentionsOf(recordId, read.authors),
    warnings: [],
  }
}

function mentionsOf(recordId: string, authors: Read['authors']): readonly RecordAuthor[] {
  const counts = new Map<string, number>()
  return authors.map((author) => {
    const folded = foldName(author.name)
    const nth = (counts.get(folded) ?? 0) + 1
    counts.set(folded, nth)
    return { ...author, mentionKey: mentionKeyOf(recordId, folded, nth), aliases: [], ambiguousAlias: false }
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

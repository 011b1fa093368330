import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Clock, type Database, type Failpoints, type Ids, Problem } from '@atlas/runtime'
import type { KeyCaller } from '../push/admit-key.ts'
import { bodyBytes, type SlowRule } from '../push/body.ts'
import { completeImport, type ImportJob, insertImport, type NewImport } from '../store/imports.ts'
import { insertUpload, type UploadOptions } from '../store/uploads.ts'
import { isStorageFull } from './failure-of.ts'
import { importView } from './import-view.ts'
import { readForm } from './read-form.ts'
import { partOf, type Spool } from './spool.ts'
import { displayName, type UploadHead } from './upload-head.ts'

export interface UploadParts {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly failpoints: Failpoints
  readonly spool: Spool
  readonly slow: SlowRule
  /** A job waits. */
  readonly wake: () => void
}

export interface Upload {
  readonly request: IncomingMessage
  readonly head: UploadHead
  readonly caller: KeyCaller
}

const CLOSE = { headers: { Connection: 'close' } }

/** Keeps a body in the spool and makes a job of it; of one that does not come whole nothing stays. */
export async function receiveUpload(parts: UploadParts, { request, head, caller }: Upload): Promise<ImportJob> {
  const { clock, ids, slow, spool } = parts
  const uploadId = ids.next()
  const { maxBodyBytes: maxBytes } = caller.limits
  const body = bodyBytes(request, { clock, maxBytes, digest: head.digest, slow })
  const hash = createHash('sha256')
  const file = head.isForm ? await readForm(request.headers, body) : { name: undefined, content: body }
  const name = file.name === undefined ? head.name : displayName(file.name)
  const about = { uploadId, name, source: head.source, keyId: caller.key.id, options: head.options, importId: null }
  let whole: { readonly sizeBytes: number; readonly sha256: string }
  try {
    const sizeBytes = await spool.append(uploadId, 0, hashed(file.content, hash))
    if (sizeBytes === 0) throw new Problem(400, 'empty_body', 'the upload is empty')
    whole = { sizeBytes, sha256: hash.digest('hex') }
    assertSha256(head.sha256, whole.sha256)
  } catch (error) {
    if (isStorageFull(error)) throw await interrupted(parts, about, head)
    await spool.remove(partOf(uploadId))
    throw error
  }
  return await madeJob(parts, about, whole)
}

/** What becomes a job when it is whole. */
export interface AboutUpload {
  readonly uploadId: string
  readonly source: string
  readonly keyId: string
  readonly name: string
  readonly options: UploadOptions
  readonly importId: number | null
}

/** The job of a whole upload: a new one, or the one that waited for it. */
export async function madeJob(
  { database, failpoints, spool, wake }: UploadParts,
  about: AboutUpload,
  { sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256: string },
): Promise<ImportJob> {
  failpoints.hit('import.spooled')
  const name = await spool.complete(about.uploadId)
  try {
    const job =
      about.importId === null
        ? await insertImport(database, { ...newImport(about, sizeBytes), state: 'received', spool: name, sha256 })
        : await completeImport(database, about.importId, { spool: name, sha256, sizeBytes })
    wake()
    return job
  } catch (error) {
    await spool.remove(name)
    throw error
  }
}

function newImport({ uploadId, source, keyId, name, options }: AboutUpload, sizeBytes: number | null) {
  return {
    source,
    path: `upload:${uploadId}`,
    name,
    origin: 'upload',
    sizeBytes,
    modifiedMs: null,
    keyId,
    ...options,
  } satisfies Omit<NewImport, 'state'>
}

/** No room for the rest: a job says so, and the sender goes on where it stopped. */
async function interrupted(parts: UploadParts, about: AboutUpload, head: UploadHead): Promise<Problem> {
  const { database, spool } = parts
  const offset = (await spool.size(about.uploadId)) ?? 0
  const sizeBytes = head.isForm ? null : head.contentLength
  const detail = `there is no room; ${offset} bytes are kept, send the rest there`
  const job = await database.transaction(async (tx) => {
    const why = { state: 'failed', code: 'failed_storage', detail } as const
    const made = await insertImport(tx, { ...newImport(about, sizeBytes), ...why })
    await insertUpload(tx, { ...about, sizeBytes, sha256: head.sha256, importId: made.importId })
    return made
  })
  return storageFull(detail, { import: importView(job), upload: { uploadId: about.uploadId, offset, sizeBytes } })
}

export function storageFull(detail: string, extensions: Readonly<Record<string, unknown>>): Problem {
  return new Problem(507, 'failed_storage', detail, { ...CLOSE, extensions })
}

export function assertSha256(wanted: string | null, found: string): void {
  if (wanted !== null && wanted !== found)
    throw new Problem(422, 'checksum_mismatch', 'the upload is not the one whose sha256 was given; nothing is imported')
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}

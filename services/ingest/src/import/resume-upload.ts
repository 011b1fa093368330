import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Problem } from '@atlas/runtime'
import { bodyBytes, ClientGoneError } from '../push/body.ts'
import type { KeyLimits } from '../push/limits.ts'
import { contentLengthOf, digestOf, one } from '../push/request-head.ts'
import type { ImportJob } from '../store/imports.ts'
import { deleteUpload, touchUpload, type Upload } from '../store/uploads.ts'
import { isStorageFull } from './failure-of.ts'
import { assertSha256, madeJob, storageFull, type UploadParts } from './receive-upload.ts'
import { partOf } from './spool.ts'

/** Uploads that are being written by this process: one sender at a time. */
const underWay = new Set<string>()

export interface UploadState {
  readonly uploadId: string
  /** Where the next part begins. */
  readonly offset: number
  readonly sizeBytes: number | null
}

const CLOSE = { headers: { Connection: 'close' } }

export async function uploadState({ spool }: UploadParts, { uploadId, sizeBytes }: Upload): Promise<UploadState> {
  return { uploadId, sizeBytes, offset: (await spool.size(uploadId)) ?? 0 }
}

/** Takes the next part of an upload; the last one makes the job. A part that does not fit leaves nothing. */
export async function resumeUpload(
  parts: UploadParts,
  upload: Upload,
  { request, limits }: { readonly request: IncomingMessage; readonly limits: KeyLimits },
): Promise<UploadState | ImportJob> {
  const { uploadId } = upload
  if (underWay.has(uploadId))
    throw mismatch('a part of this upload is being received', await uploadState(parts, upload))
  underWay.add(uploadId)
  try {
    const state = await appended(parts, upload, request, limits)
    const isLast = one(request, 'upload-complete', 'invalid_parameter') === '?1'
    if (state.sizeBytes !== null ? state.offset < state.sizeBytes : !isLast) return state
    return await completed(parts, upload, state.offset)
  } finally {
    underWay.delete(uploadId)
  }
}

async function appended(
  parts: UploadParts,
  upload: Upload,
  request: IncomingMessage,
  { maxBodyBytes }: KeyLimits,
): Promise<UploadState> {
  const { database, clock, slow, spool } = parts
  const { uploadId } = upload
  const state = await uploadState(parts, upload)
  const { offset } = state
  assertFits(state, request)
  const most = maxBodyBytes === null ? null : Math.max(0, maxBodyBytes - offset)
  const digest = digestOf(one(request, 'content-digest', 'invalid_digest'))
  const body = bodyBytes(request, { clock, maxBytes: most, digest, slow })
  try {
    return { ...state, offset: await spool.append(uploadId, offset, within(body, state)) }
  } catch (error) {
    const kept = (await spool.size(uploadId)) ?? 0
    if (isStorageFull(error))
      throw storageFull('there is no room; send the rest later', { upload: { ...state, offset: kept } })
    // What came before somebody went away is good; a part that is not what it should be is not.
    const isGood = error instanceof ClientGoneError || (error instanceof Problem && error.code === 'body_too_slow')
    if (!isGood && kept > offset) await spool.truncate(uploadId, offset)
    throw error
  } finally {
    await touchUpload(database, uploadId)
  }
}

function assertFits(state: UploadState, request: IncomingMessage): void {
  const given = one(request, 'upload-offset', 'invalid_parameter')
  if (given === undefined || !/^\d{1,15}$/.test(given))
    throw new Problem(400, 'invalid_parameter', 'the header Upload-Offset says where this part begins', CLOSE)
  if (Number(given) !== state.offset) throw mismatch(`the next part begins at ${state.offset}`, state)
  const size = one(request, 'upload-length', 'invalid_parameter')
  if (size !== undefined && state.sizeBytes !== null && Number(size) !== state.sizeBytes)
    throw mismatch(`the upload was announced with ${state.sizeBytes} bytes`, state)
  const length = contentLengthOf(request) ?? 0
  if (state.sizeBytes !== null && state.offset + length > state.sizeBytes) throw tooMuch(state)
}

async function* within(bytes: AsyncIterable<Uint8Array>, state: UploadState): AsyncGenerator<Uint8Array> {
  let at = state.offset
  for await (const chunk of bytes) {
    at += chunk.length
    if (state.sizeBytes !== null && at > state.sizeBytes) throw tooMuch(state)
    yield chunk
  }
}

function tooMuch(state: UploadState): Problem {
  return mismatch(`the upload has ${state.sizeBytes} bytes and no more`, state)
}

function mismatch(detail: string, upload: UploadState): Problem {
  return new Problem(409, 'upload_offset_mismatch', detail, { ...CLOSE, extensions: { upload } })
}

async function completed(parts: UploadParts, upload: Upload, sizeBytes: number): Promise<ImportJob> {
  const { database, spool } = parts
  const { uploadId, sha256: wanted } = upload
  if (sizeBytes === 0) throw new Problem(400, 'empty_body', 'the upload is empty')
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(spool.path(partOf(uploadId)))) hash.update(chunk)
  const sha256 = hash.digest('hex')
  if (wanted !== null && wanted !== sha256) {
    await spool.remove(partOf(uploadId))
    await deleteUpload(database, uploadId)
  }
  assertSha256(wanted, sha256)
  const job = await madeJob(parts, upload, { sizeBytes, sha256 })
  await deleteUpload(database, uploadId)
  return job
}

import { parseUuid } from '@atlas/identifiers'
import { methodNotAllowed, Problem } from '@atlas/runtime'
import { type Request, type Response, Router } from 'express'
import { resumeUpload, uploadState } from './import/resume-upload.ts'
import { partOf } from './import/spool.ts'
import { readUploadOptions, sizeOf } from './import/upload-head.ts'
import { admitKey } from './push/admit-key.ts'
import { ClientGoneError } from './push/body.ts'
import { admitImport, answerJob, type ImportRouteParts, importRoutes } from './routes-imports.ts'
import { deleteUpload, findUpload, insertUpload, type Upload } from './store/uploads.ts'

/** The routers of imports, in the order in which they are asked: `uploads` is no id of an import. */
export function importRouters(parts: ImportRouteParts): readonly Router[] {
  return [uploadRoutes(parts), importRoutes(parts)]
}

/** Uploads in parts, for lines that break: each part says where it begins, and the last one makes the job. */
function uploadRoutes(parts: ImportRouteParts): Router {
  return Router()
    .post('/v1/imports/uploads', async (request, response) => {
      const { key } = await admitImport(parts, request, response)
      const uploadId = parts.ids.next()
      const about = readUploadOptions(request, request.query, parts.clock.now())
      const upload = { ...about, uploadId, keyId: key.id, sizeBytes: sizeOf(request.query), importId: null }
      await insertUpload(parts.database, upload)
      response.status(201).setHeader('Location', `/v1/imports/uploads/${uploadId}`)
      await answerState(parts, upload, response)
    })
    .all('/v1/imports/uploads', methodNotAllowed(['POST']))
    .get('/v1/imports/uploads/:uploadId', async (request, response) => {
      const { upload } = await own(parts, request, response)
      await answerState(parts, upload, response)
    })
    .patch('/v1/imports/uploads/:uploadId', async (request, response) => {
      const { upload, limits } = await own(parts, request, response)
      try {
        const result = await resumeUpload(parts, upload, { request, limits })
        if ('offset' in result) response.setHeader('Upload-Offset', result.offset).json(result)
        else await answerJob(parts, result, response)
      } catch (error) {
        // Nobody is there to be answered; what came is kept.
        if (error instanceof ClientGoneError) response.destroy()
        else throw error
      }
    })
    .delete('/v1/imports/uploads/:uploadId', async (request, response) => {
      const { upload } = await own(parts, request, response)
      await deleteUpload(parts.database, upload.uploadId)
      await parts.spool.remove(partOf(upload.uploadId))
      response.status(204).end()
    })
    .all('/v1/imports/uploads/:uploadId', methodNotAllowed(['GET', 'PATCH', 'DELETE']))
}

async function answerState(parts: ImportRouteParts, upload: Upload, response: Response): Promise<void> {
  const state = await uploadState(parts, upload)
  response.setHeader('Upload-Offset', state.offset).json(state)
}

/** Another key of the same source may go on: keys are rotated while uploads last. */
async function own(parts: ImportRouteParts, request: Request, response: Response) {
  const { key, limits } = await admitKey(parts, request, response)
  const uploadId = parseUuid(String(request.params['uploadId']))
  if (uploadId === undefined) throw new Problem(400, 'invalid_id', 'the id of an upload is a UUID')
  const upload = await findUpload(parts.database, uploadId)
  if (upload && key.sources.includes(upload.source)) return { upload, limits }
  throw new Problem(404, 'not_found', 'there is no such upload')
}

import { type CommandVerifier, methodNotAllowed, Problem, quoted } from '@atlas/runtime'
import { type Request, type Response, Router } from 'express'
import type { Adapter } from './adapters/adapter.ts'
import { schemaOf } from './adapters/schemas/schema-of.ts'
import { isSourceId } from './adapters/source-id.ts'
import type { FindWork } from './find-work.ts'
import { type AdmitParts, adapterOf, admitForSource, admitKey } from './push/admit-key.ts'
import { findRecordFate } from './record-fate.ts'
import { describeSources } from './sources.ts'

export interface SourceRouteParts extends AdmitParts {
  readonly verifier: CommandVerifier
  readonly findWork: FindWork
}

/** What a source reads of itself, and an operator of all of them. */
export function sourceRoutes(parts: SourceRouteParts): Router {
  const forSource = (request: Request, response: Response) => adapterFor(parts, request, response)
  return Router()
    .get('/v1/sources', async (request, response) => {
      const all = [...parts.adapters.keys()]
      const sources = isOperator(parts, request) ? all : (await admitKey(parts, request, response)).key.sources
      response.json({ sources: await describeSources(parts, sources) })
    })
    .all('/v1/sources', methodNotAllowed(['GET']))
    .get('/v1/sources/:source/schema', async (request, response) => {
      const adapter = await forSource(request, response)
      response.type('application/schema+json').send(JSON.stringify(schemaOf(adapter)))
    })
    .all('/v1/sources/:source/schema', methodNotAllowed(['GET']))
    .get('/v1/sources/:source/records/*id', async (request, response) => {
      const adapter = await forSource(request, response)
      const sourceId = sourceIdOf(adapter, request.params['id'])
      const fate = await findRecordFate(parts.database, parts.findWork, adapter.source, sourceId)
      if (!fate) throw new Problem(404, 'not_found', `no record ${quoted(sourceId)} of ${adapter.source} ever came`)
      response.json(fate)
    })
    .all('/v1/sources/:source/records/*id', methodNotAllowed(['GET']))
}

/** True for an operator; a caller without the right is refused, and one with a key is somebody else. */
function isOperator({ verifier }: SourceRouteParts, { headers }: Request): boolean {
  if (!headers.authorization?.startsWith('Service ')) return false
  if (verifier.verify(headers).roles.includes('admin')) return true
  throw new Problem(403, 'forbidden', 'this is for operators')
}

async function adapterFor(parts: SourceRouteParts, request: Request, response: Response): Promise<Adapter> {
  const source = String(request.params['source'])
  if (isOperator(parts, request)) return adapterOf(parts, source)
  return (await admitForSource(parts, request, response, source)).adapter
}

/** DOIs have slashes: encoded or not, all that follows is the id. */
function sourceIdOf(adapter: Adapter, given: string | string[] | undefined): string {
  const text = Array.isArray(given) ? given.join('/') : (given ?? '')
  const sourceId = isSourceId(text) ? adapter.idOf(text) : undefined
  if (sourceId === undefined) throw new Problem(400, 'invalid_id', `${quoted(text)} is not an id of ${adapter.source}`)
  return sourceId
}

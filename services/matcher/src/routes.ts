import { parseUuid } from '@atlas/identifiers'
import { type CommandVerifier, type Database, type Ids, type Logger, Problem, quoted } from '@atlas/runtime'
import { type Request, Router } from 'express'
import { DIGEST_ENTITIES, type DigestEntity, digestOf } from './digest.ts'
import { explainCandidate, explainRecord, explainWork } from './explain.ts'
import { findRematch, startRematch } from './rematch.ts'
import { blockRoutes } from './routes-blocks.ts'
import { recordRoutes } from './routes-records.ts'
import { shadowRoutes } from './routes-shadow.ts'
import { workRoutes } from './routes-works.ts'

export interface RouteParts {
  readonly database: Database
  readonly verifier: CommandVerifier
  readonly ids: Ids
  readonly logger: Logger
  readonly blockCap: number
}

/** What operators, the checker and the command line ask; every call carries a service credential. */
export function matcherRoutes({ database, verifier, ids, logger, blockCap }: RouteParts): Router {
  const explain = { record: explainRecord, work: explainWork, candidate: explainCandidate } as const
  const router = Router().use('/internal', (request, _response, next) => {
    verifier.verifyService(request.headers)
    next()
  })
  for (const [kind, explainOne] of Object.entries(explain))
    router.get(`/internal/explain/${kind}/:id`, async (request, response) => {
      const found = await explainOne(database, uuidOf(request, 'id'))
      if (!found) throw new Problem(404, 'not_found', `no ${kind} ${quoted(request.params['id'])}`)
      response.json(found)
    })
  return router
    .get('/internal/digest', async (request, response) => {
      const entity = entityOf(request.query['entity'])
      const range = { from: optionalUuid(request.query['from'], 'from'), to: optionalUuid(request.query['to'], 'to') }
      response.json({ entity, ...range, ...(await digestOf(database, entity, range)) })
    })
    .post('/internal/rematch', async (request, response) => {
      if (!verifier.verify(request.headers).roles.includes('admin'))
        throw new Problem(403, 'forbidden', 'this is for operators')
      response.status(202).json(await startRematch(database, ids.next(), logger))
    })
    .get('/internal/rematch', async (_request, response) => {
      response.json({ run: (await findRematch(database)) ?? null })
    })
    .use(blockRoutes(database, blockCap))
    .use(shadowRoutes({ database, verifier, ids, logger }))
    .use(recordRoutes(database))
    .use(workRoutes(database))
}

function uuidOf(request: Request, name: string): string {
  const given = request.params[name]
  const id = typeof given === 'string' ? parseUuid(given) : undefined
  if (id === undefined) throw new Problem(400, 'invalid_id', `${quoted(given)} is not an id`)
  return id
}

function optionalUuid(value: unknown, name: string): string | null {
  if (value === undefined) return null
  const id = typeof value === 'string' ? parseUuid(value) : undefined
  if (id === undefined) throw new Problem(400, 'invalid_parameter', `${name} is an id, given once`)
  return id
}

function entityOf(value: unknown): DigestEntity {
  const entity = DIGEST_ENTITIES.find((candidate) => candidate === value)
  if (!entity) throw new Problem(400, 'invalid_enum', `entity is one of ${DIGEST_ENTITIES.join(', ')}`)
  return entity
}

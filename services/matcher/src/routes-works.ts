import { parseUuid } from '@atlas/identifiers'
import { SUSPICION_KINDS, type SuspicionKind } from '@atlas/linkage'
import { Problem, type Queryable } from '@atlas/runtime'
import { Router } from 'express'
import { listSuspicious } from './store/suspicions.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

/** What curators ask of works; the caller's credential has been checked. */
export function workRoutes(db: Queryable): Router {
  return Router().get('/internal/works/suspicious', async ({ query }, response) => {
    const [kind, after] = [kindOf(query['kind']), afterOf(query['after'])]
    response.json(await listSuspicious(db, kind, after, limitOf(query['limit'])))
  })
}

function kindOf(value: unknown): SuspicionKind | null {
  if (value === undefined) return null
  const kind = SUSPICION_KINDS.find((known) => known === value)
  if (!kind) throw new Problem(400, 'invalid_enum', `kind is one of ${SUSPICION_KINDS.join(', ')}`)
  return kind
}

function afterOf(value: unknown): string | null {
  if (value === undefined) return null
  const id = typeof value === 'string' ? parseUuid(value) : undefined
  if (id === undefined) throw new Problem(400, 'invalid_parameter', 'after is the id of a work, given once')
  return id
}

function limitOf(value: unknown): number {
  if (value === undefined) return DEFAULT_LIMIT
  const limit = typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) ? Number(value) : 0
  if (limit < 1 || limit > MAX_LIMIT)
    throw new Problem(400, 'invalid_parameter', `limit is a whole number from 1 to ${MAX_LIMIT}, given once`)
  return limit
}

import { parseUuid } from '@atlas/identifiers'
import { Problem, type Queryable, quoted } from '@atlas/runtime'
import { Router } from 'express'
import { countAcrossSources, findRecordPlace } from './store/record-places.ts'

/** Where records are, for whoever tells their fate; the caller's credential has been checked. */
export function recordRoutes(db: Queryable): Router {
  return Router()
    .get('/internal/records/:recordId', async ({ params }, response) => {
      const id = parseUuid(params.recordId)
      if (id === undefined) throw new Problem(400, 'invalid_id', `${quoted(params.recordId)} is not an id`)
      const place = await findRecordPlace(db, id)
      if (!place) throw new Problem(404, 'not_found', `no record ${quoted(id)}`)
      response.json(place)
    })
    .get('/internal/works/across-sources', async ({ query }, response) => {
      response.json(await countAcrossSources(db, sourcesOf(query['source'])))
    })
}

const SOURCE = /^[a-z][a-z0-9_-]{1,49}$/

function sourcesOf(value: unknown): readonly string[] | null {
  if (value === undefined) return null
  const sources = [value].flat()
  if (!sources.every((one): one is string => typeof one === 'string' && SOURCE.test(one)))
    throw new Problem(400, 'invalid_parameter', 'source is the name of a source; repeat it for several')
  return sources
}

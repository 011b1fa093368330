import { type CommandVerifier, Problem, type Queryable, quoted } from '@atlas/runtime'
import { type Request, Router } from 'express'
import { resolveWorks, soughtBy } from './resolve.ts'

/** Which live works an identifier leads to; every call carries a service credential. */
export function identifierRoutes(db: Queryable, verifier: CommandVerifier): Router {
  return Router().get('/internal/works/resolve', async (request, response) => {
    verifier.verifyService(request.headers)
    const text = oneOf(request, 'identifier') ?? oneOf(request, 'value')
    const scheme = oneOf(request, 'scheme')
    if (text === null) throw new Problem(400, 'invalid_parameter', 'identifier, or scheme and value, is given once')
    const sought = soughtBy(text, scheme)
    if (sought.length === 0) throw new Problem(400, 'invalid_parameter', `${quoted(text)} is no identifier`)
    response.json(await resolveWorks(db, sought))
  })
}

function oneOf(request: Request, name: string): string | null {
  const given = request.query[name]
  return typeof given === 'string' && given.length > 0 && given.length <= 2_000 ? given : null
}

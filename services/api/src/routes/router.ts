import { jsonBody, methodNotAllowed, Problem, requestIdOf } from '@atlas/runtime'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Session } from '../session.ts'
import { checkBody, checkParams, checkQuery } from './check-request.ts'
import type { Answer, DefinedRoute } from './define-route.ts'

/** Finds the session of a request, or rejects with 401: every route but the public ones asks it first. */
export type Authenticate = (request: Request) => Promise<Session>

/** A router of these routes; other methods on their paths answer 405. */
export function routerOf(routes: readonly DefinedRoute[], authenticate: Authenticate): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const parseJson = jsonBody()
  for (const route of routes) {
    const sessions = new WeakMap<Request, Session>()
    // In this order: who may not call reads no rules about bodies, and no body of his is read.
    const steps: RequestHandler[] = [
      takesJson,
      async (request, _response, next) => {
        if (route.policy === 'session') sessions.set(request, await authenticate(request))
        next()
      },
      ...(route.body ? [parseJson] : []),
      async (request, response) => answer(route, await run(route, request, sessions.get(request)), response),
    ]
    router[route.method](route.path, ...steps)
  }
  for (const [path, same] of Map.groupBy(routes, (route) => route.path))
    router.all(path, methodNotAllowed(same.map((route) => route.method.toUpperCase())))
  return router
}

function run(route: DefinedRoute, request: Request, session: Session | undefined): Promise<Answer> {
  return route.handle({
    params: route.params ? checkParams(route.params, request.params) : undefined,
    query: checkQuery(route.query, route.lists, request.query),
    body: route.body ? checkBody(route.body, request.body) : undefined,
    session,
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    requestId: requestIdOf(request),
  })
}

/** Sends what the description lists, and nothing else. */
function answer(route: DefinedRoute, { status, body, headers = {} }: Answer, response: Response): void {
  const described = route.answers[status]
  if (!described) throw new Error(`${route.method} ${route.path} answers ${status}, which it does not describe`)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  // What is somebody's own is kept by nobody on the way.
  response.setHeader('Cache-Control', 'no-store')
  response.status(status)
  if (described.schema) response.json(described.schema.parse(body))
  else response.end()
}

const takesJson: RequestHandler = (request, _response, next) => {
  if (!request.accepts(['application/json', 'application/problem+json']))
    throw new Problem(406, 'not_acceptable', 'answers are application/json')
  next()
}

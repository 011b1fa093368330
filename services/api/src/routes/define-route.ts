import { jsonBody, methodNotAllowed, Problem, type ProblemDetail, quoted } from '@atlas/runtime'
import { type Request, type Response, Router } from 'express'
import type { z } from 'zod'

/** Who may call it. */
export type Policy = 'public' | 'session'

export interface RouteDefinition<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType | undefined,
> {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** Express form: `/v1/candidates/:candidateId`. */
  readonly path: string
  readonly policy: Policy
  readonly summary: string
  readonly params: Params
  readonly query: Query
  readonly body?: Body
  /** Name and meaning of headers beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>
  handle(input: {
    readonly request: Request
    readonly response: Response
    readonly params: z.infer<Params>
    readonly query: z.infer<Query>
    readonly body: Body extends z.ZodType ? z.infer<Body> : undefined
  }): Promise<void>
}

/** A route whose types are its own affair: what the router and the OpenAPI document need. */
export interface DefinedRoute {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  readonly path: string
  readonly policy: Policy
  readonly summary: string
  readonly params: z.ZodType
  readonly query: z.ZodType
  readonly body: z.ZodType | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>
  run(request: Request, response: Response): Promise<void>
}

/** One definition validates requests and describes the interface, so that the two cannot differ. */
export function defineRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType | undefined = undefined,
>(route: RouteDefinition<Params, Query, Body>): DefinedRoute {
  return {
    ...route,
    body: route.body,
    headers: route.headers ?? {},
    async run(request, response) {
      const params = check(route.params, request.params, 'invalid_id')
      const query = check(route.query, queryOf(request), 'invalid_parameter')
      const body = route.body ? check(route.body, request.body, 'invalid_field') : undefined
      await route.handle({
        request,
        response,
        params,
        query,
        body: body as Body extends z.ZodType ? z.infer<Body> : undefined,
      })
    },
  }
}

/** A router of these routes; other methods on their paths answer 405. */
export function routerOf(routes: readonly DefinedRoute[]): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const parseBody = jsonBody()
  for (const route of routes) {
    const steps = route.body ? [parseBody] : []
    router[route.method](route.path, ...steps, (request, response) => route.run(request, response))
  }
  for (const [path, same] of Map.groupBy(routes, (route) => route.path))
    router.all(path, methodNotAllowed(same.map((route) => route.method.toUpperCase())))
  return router
}

const MAX_PARAMETERS = 50

function queryOf(request: Request): Record<string, unknown> {
  const query: Record<string, unknown> = { ...request.query }
  if (Object.keys(query).length > MAX_PARAMETERS)
    throw new Problem(400, 'too_many_parameters', `at most ${MAX_PARAMETERS} parameters`)
  return query
}

function check<T extends z.ZodType>(schema: T, value: unknown, code: string): z.infer<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue) => detailsOf(issue, code))
  const [first] = errors
  throw new Problem(400, first?.code ?? code, first?.detail ?? 'the request is not as described', { errors })
}

function detailsOf(issue: z.core.$ZodIssue, code: string): ProblemDetail[] {
  const pointer = `/${issue.path.join('/')}`
  if (issue.code === 'unrecognized_keys') {
    const unknown = code === 'invalid_parameter' ? 'unknown_parameter' : 'unknown_field'
    return issue.keys.map((key) => ({
      code: unknown,
      detail: `${quoted(key)} is not known here`,
      pointer: `${pointer}${pointer === '/' ? '' : '/'}${key}`,
    }))
  }
  if (issue.code === 'invalid_value') return [{ code: 'invalid_enum', detail: issue.message, pointer }]
  if (issue.code === 'too_big' && issue.origin === 'string')
    return [{ code: 'field_too_long', detail: issue.message, pointer }]
  if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string')
    return [{ code: issue.params['code'], detail: issue.message, pointer }]
  return [{ code, detail: issue.message, pointer }]
}

import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'
import { problem } from './answers.ts'
import type { DefinedRoute } from './define-route.ts'

/** The OpenAPI 3.1 description, made of the very schemas that validate. */
export function describeApi(
  routes: readonly DefinedRoute[],
  { version, cookie }: { readonly version: string; readonly cookie: string },
): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes) {
    const path = openApiPath(route.path)
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: 'Atlas Verify',
      version,
      description: 'Which publications are mine. Every refusal is a problem document; its `code` is stable.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    externalDocs: { url: '/docs/errors', description: 'what each code means' },
    paths: paths as ZodOpenApiPathsObject,
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookie } } },
  }
  return createDocument(document)
}

/** `/v1/x/:id` as OpenAPI writes it. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

function operationOf(route: DefinedRoute): ZodOpenApiOperationObject {
  const { params, query, body, policy } = route
  return {
    summary: route.summary,
    operationId: operationIdOf(route),
    security: policy === 'session' ? [{ session: [] }] : [],
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    parameters: Object.entries(route.headers).map(([name, header]) => ({
      name,
      in: 'header' as const,
      ...header,
      schema: { type: 'string' as const },
    })),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: responsesOf(route),
  }
}

function responsesOf({ answers }: DefinedRoute): ZodOpenApiOperationObject['responses'] {
  const described = Object.entries(answers).map(([status, { description, schema }]) => {
    const type = Number(status) >= 400 ? 'application/problem+json' : 'application/json'
    return [status, { description, ...(schema ? { content: { [type]: { schema } } } : {}) }]
  })
  return {
    ...Object.fromEntries(described),
    default: { description: 'a problem', content: { 'application/problem+json': { schema: problem } } },
  }
}

/** `get /v1/candidates/:candidateId` is `getV1CandidatesCandidateId`. */
function operationIdOf({ method, path }: DefinedRoute): string {
  return method + path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '')
}

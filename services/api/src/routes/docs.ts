import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import express, { Router } from 'express'
import type { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { DefinedRoute } from './define-route.ts'
import { problem } from './schemas.ts'

/** The OpenAPI 3.1 description, made of the very schemas that validate. */
export function describeApi(routes: readonly DefinedRoute[], version: string): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Atlas Verify',
      version,
      description: 'Which publications are mine',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: paths as ZodOpenApiPathsObject,
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-av_session' } } },
  })
}

function operationOf(route: DefinedRoute): ZodOpenApiOperationObject {
  return {
    summary: route.summary,
    operationId: `${route.method}${route.path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/[^\w]/g, '')}`,
    ...(route.policy === 'session' ? { security: [{ session: [] }] } : { security: [] }),
    requestParams: { path: route.params as z.ZodObject, query: route.query as z.ZodObject },
    parameters: Object.entries(route.headers).map(([name, description]) => ({
      name,
      in: 'header' as const,
      required: true,
      description,
      schema: { type: 'string' as const },
    })),
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, { description, schema }]) => [
          status,
          {
            description,
            ...(schema
              ? { content: { [Number(status) >= 400 ? 'application/problem+json' : 'application/json']: { schema } } }
              : {}),
          },
        ]),
      ),
      default: { description: 'a problem', content: { 'application/problem+json': { schema: problem } } },
    },
  }
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Atlas Verify API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head><body><div id="ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`
const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true })`

/** `/openapi.json`, and a page to try it; every file is served from here. */
export function docsRoutes(document: object): Router {
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return Router()
    .get('/openapi.json', (_request, response) => void response.json(document))
    .get('/docs', (_request, response) => void response.type('html').send(PAGE))
    .get('/docs/start.js', (_request, response) => void response.type('js').send(START))
    .use('/docs/assets', express.static(assets, { index: false, maxAge: '1d' }))
}

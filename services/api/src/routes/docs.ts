import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { methodNotAllowed } from '@atlas/runtime'
import { type RequestHandler, Router } from 'express'
import { errorsPage } from '../errors/errors-page.ts'

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Atlas Verify API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`

// Its own validator is on the network; this page asks nobody but us.
const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, validatorUrl: null })`

// What the page draws carries style attributes and icons as data; scripts and style sheets come from here only.
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')

const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const

/** `/openapi.json`, a page to try it, and what each error code means; every file is served from here. */
export function docsRoutes(document: object): Router {
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const pages: Readonly<Record<string, RequestHandler>> = {
    '/openapi.json': (_request, response) => void response.json(document),
    '/docs': page('html', PAGE),
    '/docs/start.js': page('js', START),
    '/docs/errors': page('html', errorsPage()),
  }
  const router = Router({ caseSensitive: true, strict: true })
  for (const [path, handler] of Object.entries(pages)) router.get(path, handler)
  for (const name of ASSETS)
    router.get(`/docs/${name}`, (_request, response) => response.sendFile(name, { root: assets, maxAge: '1d' }))
  for (const path of [...Object.keys(pages), ...ASSETS.map((name) => `/docs/${name}`)])
    router.all(path, methodNotAllowed(['GET']))
  return router
}

function page(type: string, text: string): RequestHandler {
  return (_request, response) => {
    response.setHeader('Content-Security-Policy', PAGE_POLICY)
    response.type(type).send(text)
  }
}

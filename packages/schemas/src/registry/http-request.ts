import { RegistryUnavailableError } from './errors.ts'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export type Send = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<Answer>

// Statuses by which a registry says something about a schema; every other one is about itself.
const ABOUT_SCHEMAS: ReadonlySet<number> = new Set([200, 201, 204, 404, 409, 422])

/** Sends JSON below `baseUrl`. What is not a registry's own JSON answer throws `RegistryUnavailableError`. */
export function createSend(baseUrl: string, timeoutMs: number): Send {
  const { url, headers } = parseBase(baseUrl)
  return async (method, path, body) => {
    const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const where = `${method} ${url}${path}`
    try {
      const response = await fetch(`${url}${path}`, { ...request, signal: AbortSignal.timeout(timeoutMs) })
      const text = await response.text()
      if (!ABOUT_SCHEMAS.has(response.status))
        throw new RegistryUnavailableError(`${where} answered ${response.status}`)
      return { status: response.status, body: parseAnswer(text, where) }
    } catch (cause) {
      if (cause instanceof RegistryUnavailableError) throw cause
      throw new RegistryUnavailableError(`${where} got no answer: ${reasonOf(cause)}`, { cause })
    }
  }
}

function parseBase(baseUrl: string): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  const base = new URL(baseUrl)
  const credentials = `${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`
  // fetch refuses an address with credentials in it, and they must not reach a log line.
  base.username = ''
  base.password = ''
  const type = 'application/vnd.schemaregistry.v1+json'
  const authorization =
    credentials === ':' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
  return {
    url: base.href.replace(/\/+$/, ''),
    headers: { accept: `${type}, application/json`, 'content-type': type, ...authorization },
  }
}

function parseAnswer(text: string, where: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RegistryUnavailableError(`${where} answered no JSON`, { cause })
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error && cause.cause.message !== '' ? cause.cause.message : cause.message
}

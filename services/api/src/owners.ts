import { type CommandSigner, type Principal, Problem, type ProblemDetail } from '@atlas/runtime'

/** What an owner answered. */
export interface OwnerAnswer {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

export interface OwnerCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly principal: Principal
  readonly requestId: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends commands to the service that owns the data; its refusals are passed on as they are. */
export type Owner = (call: OwnerCall) => Promise<OwnerAnswer>

export function ownerAt(url: string, signer: CommandSigner, timeoutMs: number): Owner {
  return async (call) => {
    const answer = await ask(url, signer, timeoutMs, call).catch((cause: Error) => {
      throw Object.assign(unanswered(cause), { cause })
    })
    if (answer.status >= 400) throw refusalOf(answer)
    return answer
  }
}

async function ask(
  url: string,
  signer: CommandSigner,
  timeoutMs: number,
  { method, path, principal, requestId, body, headers = {} }: OwnerCall,
): Promise<OwnerAnswer> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'x-request-id': requestId,
      ...signer.headersFor(principal),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  return { status: response.status, body: await response.json(), headers: response.headers }
}

/** Perhaps it was done: the client asks again with the same key and learns it. */
function unanswered(cause: Error): Problem {
  if (cause.name === 'TimeoutError')
    return new Problem(504, 'upstream_timeout', 'the owner of the data did not answer in time; ask again')
  if (cause instanceof SyntaxError)
    return new Problem(502, 'upstream_error', 'the owner of the data did not answer in its own words; ask again')
  return new Problem(503, 'upstream_unavailable', 'the owner of the data does not answer; ask again', {
    headers: { 'Retry-After': '2' },
  })
}

interface Refused {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly ProblemDetail[]
  readonly [extension: string]: unknown
}

function refusalOf({ status, body, headers }: OwnerAnswer): Problem {
  // That we could not prove who we are is no fault of the person who asks.
  if (status === 401) return new Problem(502, 'upstream_error', 'the owner of the data does not know the gateway')
  const { code, detail, errors, type: _t, title: _i, status: _s, requestId: _r, ...extensions } = body as Refused
  const retryAfter = headers.get('retry-after')
  return new Problem(status, code ?? 'upstream_error', detail ?? 'the owner of the data refused', {
    extensions,
    ...(errors ? { errors } : {}),
    ...(retryAfter ? { headers: { 'Retry-After': retryAfter } } : {}),
  })
}

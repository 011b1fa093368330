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
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends commands to the service that owns the data; its refusals are passed on as they are. */
export type Owner = (call: OwnerCall) => Promise<OwnerAnswer>

const TIMEOUT_MS = 10_000

export function ownerAt(url: string, signer: CommandSigner): Owner {
  return async ({ method, path, principal, body, headers = {} }) => {
    let response: Response
    try {
      response = await fetch(new URL(path, url), {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
          ...signer.headersFor(principal),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch (cause) {
      const late = (cause as Error).name === 'TimeoutError'
      // Perhaps it was done: the client asks again with the same key and learns it.
      throw Object.assign(
        late
          ? new Problem(
              504,
              'upstream_timeout',
              'the owner of the data did not answer in time; ask again with the same key',
            )
          : new Problem(
              503,
              'upstream_unavailable',
              'the owner of the data does not answer; ask again with the same key',
              { headers: { 'Retry-After': '2' } },
            ),
        { cause },
      )
    }
    const answer = { status: response.status, body: await response.json(), headers: response.headers }
    if (answer.status >= 400) throw problemOf(answer)
    return answer
  }
}

function problemOf({ status, body, headers }: OwnerAnswer): Problem {
  const {
    code,
    detail,
    errors,
    type: _type,
    title: _title,
    status: _status,
    requestId: _requestId,
    ...extensions
  } = body as {
    code?: string
    detail?: string
    errors?: readonly ProblemDetail[]
    [key: string]: unknown
  }
  const retryAfter = headers.get('retry-after')
  return new Problem(status, code ?? 'upstream_error', detail ?? 'the owner of the data refused', {
    extensions,
    ...(errors ? { errors } : {}),
    ...(retryAfter ? { headers: { 'Retry-After': retryAfter } } : {}),
  })
}

import type { IncomingMessage } from 'node:http'
import { Problem } from '@atlas/runtime'
import type { RequestHandler } from 'express'

export interface TransportRules {
  /** Names we answer to; empty: any. */
  readonly hosts: readonly string[]
  /** True behind an ingress that sets `X-Forwarded-Proto`. */
  readonly trustProxy: boolean
  /** Told of a request that came in clear, before it is refused. */
  readonly onClear?: (request: IncomingMessage) => Promise<void>
}

const CLOSE = { headers: { Connection: 'close' } }

/** Refuses what Node's parser lets through and two readers could understand differently; and keys in clear. */
export function transportRules(rules: TransportRules): RequestHandler {
  return async (request, _response, next) => {
    checkTarget(request)
    checkHost(request, rules.hosts)
    checkEncoding(request)
    if (!isSecure(request, rules.trustProxy)) {
      await rules.onClear?.(request)
      // No redirect: it would hide that the key went in clear.
      throw new Problem(403, 'https_required', 'use https: this request could be read on its way', CLOSE)
    }
    next()
  }
}

function checkTarget({ url = '' }: IncomingMessage): void {
  if (!url.startsWith('/')) throw new Problem(400, 'bad_target', 'send the path only, not a whole address', CLOSE)
}

function checkHost(request: IncomingMessage, hosts: readonly string[]): void {
  const given = request.headersDistinct['host'] ?? []
  if (given.length !== 1) throw new Problem(400, 'bad_host', 'send one Host header', CLOSE)
  const name = given[0]?.replace(/:\d+$/, '').toLowerCase() ?? ''
  if (hosts.length > 0 && !hosts.includes(name))
    throw new Problem(421, 'wrong_host', 'this is not the host you asked for', CLOSE)
}

function checkEncoding(request: IncomingMessage): void {
  const coding = request.headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    throw new Problem(400, 'transfer_encoding_unsupported', 'the only transfer encoding is "chunked"', CLOSE)
}

function isSecure(request: IncomingMessage, trustProxy: boolean): boolean {
  const forwarded = request.headers['x-forwarded-proto']
  const loopback = /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
  const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true
  return forwarded === undefined ? encrypted || loopback : forwarded === 'https' && (trustProxy || encrypted)
}

import { Problem, quoted } from '@atlas/runtime'
import type { Request, RequestHandler } from 'express'

export interface GuardOptions {
  /** Where browsers find us. */
  readonly publicUrl: URL | undefined
  /** Listens on a loopback address only: whoever asks is on this machine. */
  readonly loopback: boolean
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send: a session cookie travels with it. A client that is no browser names
 * no origin, and is believed on a loopback address, or when it brings no cookie.
 */
export function guard({ publicUrl, loopback }: GuardOptions): RequestHandler {
  return (request, response, next) => {
    const host = request.headers.host ?? ''
    if (host !== publicUrl?.host && !(loopback && isLoopbackName(host)))
      throw new Problem(421, 'misdirected_request', `this is not ${quoted(host)}`)
    if (!SAFE.has(request.method)) refuseOtherSites(request, originsOf(host, publicUrl), loopback)
    // A preflight is answered without leave for anybody.
    if (request.method === 'OPTIONS') return void response.status(204).end()
    next()
  }
}

function refuseOtherSites({ headers }: Request, origins: readonly string[], loopback: boolean): void {
  const { origin, cookie, 'sec-fetch-site': site } = headers
  const ourOrigin = origin === undefined ? loopback || cookie === undefined : origins.includes(origin)
  const ourSite = site === undefined || site === 'same-origin' || site === 'none'
  if (!ourOrigin || !ourSite) throw new Problem(403, 'cross_origin_refused', 'this came from another site')
}

/** A host that passed is ours, however it is called. */
function originsOf(host: string, publicUrl: URL | undefined): readonly string[] {
  return host === publicUrl?.host ? [publicUrl.origin] : [`http://${host}`]
}

export function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/.test(host)
}

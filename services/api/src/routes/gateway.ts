import { type Clock, createSigner, createVerifier, type Database, type Metrics, Problem } from '@atlas/runtime'
import { type RequestHandler, Router } from 'express'
import helmet from 'helmet'
import type { Redis } from 'ioredis'
import type { Config } from '../config.ts'
import { createCursors } from '../cursor.ts'
import { ownerAt } from '../owners.ts'
import { createSessions, sessionCookie } from '../session.ts'
import { findStandpoint } from '../store/read-people.ts'
import { candidateRoutes } from './candidates.ts'
import type { DefinedRoute } from './define-route.ts'
import { describeApi } from './describe-api.ts'
import { docsRoutes } from './docs.ts'
import { guard } from './guard.ts'
import { internalRoutes } from './internal.ts'
import type { RouteParts } from './parts.ts'
import { profileRoutes } from './profile.ts'
import { type Authenticate, routerOf } from './router.ts'
import { rulingRoutes } from './rulings.ts'
import { developmentSignIn, readModelRebuilding, signOut } from './sign-in.ts'
import { workRoutes } from './works.ts'

export interface GatewayParts {
  readonly database: Database
  readonly redis: Redis
  readonly clock: Pick<Clock, 'now'>
  readonly metrics: Metrics
}

export type GatewayConfig = Pick<
  Config,
  | 'curators'
  | 'cursorSecret'
  | 'developmentSignIn'
  | 'loopback'
  | 'matcherUrl'
  | 'operators'
  | 'ownerTimeoutMs'
  | 'profilesUrl'
  | 'publicUrl'
  | 'secureCookies'
  | 'signer'
  | 'verifierUrl'
  | 'version'
>

/** What the gateway serves: routes as they are described, in front of them what refuses other sites. */
export interface Gateway {
  readonly routes: readonly DefinedRoute[]
  readonly routers: readonly Router[]
  /** Stands before every router of the process. */
  readonly before: readonly RequestHandler[]
}

export function createGateway(parts: GatewayParts, config: GatewayConfig): Gateway {
  const routeParts = routePartsOf(parts, config)
  const routes = [
    ...candidateRoutes(routeParts),
    ...profileRoutes(routeParts),
    ...workRoutes(routeParts),
    ...rulingRoutes(routeParts),
    signOut(routeParts),
    ...(config.developmentSignIn ? [developmentSignIn(routeParts)] : []),
  ]
  const document = describeApi(routes, { version: config.version, cookie: sessionCookie(config.secureCookies) })
  return {
    routes,
    before: [headers()],
    routers: [
      internalRoutes(
        parts.database,
        createVerifier(config.operators, () => parts.clock.now()),
      ),
      Router().use(guard(config)),
      routerOf(routes, authenticateWith(routeParts)),
      docsRoutes(document),
    ],
  }
}

function routePartsOf({ database, redis, clock, metrics }: GatewayParts, config: GatewayConfig): RouteParts {
  if (!config.signer) throw new Error('SERVICE_SECRET and PRINCIPAL_PRIVATE_KEY are needed to forward commands')
  const now = () => clock.now()
  const signer = createSigner(config.signer, now)
  return {
    database,
    sessions: createSessions({
      redis,
      secure: config.secureCookies,
      now,
      onCorrupt: () => metrics.events.inc({ event: 'session_corrupt', result: 'dropped' }),
    }),
    cursors: createCursors(config.cursorSecret),
    verifier: ownerAt(config.verifierUrl, signer, config.ownerTimeoutMs),
    profiles: ownerAt(config.profilesUrl, signer, config.ownerTimeoutMs),
    matcher: ownerAt(config.matcherUrl, signer, config.ownerTimeoutMs),
    curators: config.curators,
  }
}

/**
 * Whose session it is must still be somebody: rights are read per request. While the read model is made anew nobody
 * reads from it, and decisions go on: they are their owner's affair.
 */
function authenticateWith({ sessions, database }: RouteParts): Authenticate {
  return async (request) => {
    const session = await sessions.find(request.headers.cookie)
    const { state, rebuilding } = await findStandpoint(database, session.profileId)
    if (rebuilding && request.method === 'GET') throw readModelRebuilding()
    if (state === undefined || state === 'active') return session
    await sessions.end(request.headers.cookie)
    throw new Problem(401, 'session_expired', 'the session has ended; sign in again')
  }
}

/** Nothing of an answer is a page, unless the page says so itself. */
function headers(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
  })
}

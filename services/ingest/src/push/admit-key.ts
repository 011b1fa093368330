import type { IncomingMessage } from 'node:http'
import { Problem, quoted } from '@atlas/runtime'
import type { Adapter } from '../adapters/adapter.ts'
import { keyRefused } from '../events.ts'
import type { StoredKey } from '../store/api-keys.ts'
import type { DayUsage } from '../store/key-usage.ts'
import { admitRequest, type Headers } from './admit-request.ts'
import { type AuthenticateParts, authenticate } from './authenticate.ts'
import { type DefaultLimits, type KeyLimits, limitsOf } from './limits.ts'

export interface AdmitParts extends AuthenticateParts {
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly limits: DefaultLimits
}

/** Who asks with a key, and what is left to him. */
export interface KeyCaller {
  readonly key: StoredKey
  readonly limits: KeyLimits
  readonly today: DayUsage
}

/** The key behind a request, counted. Whatever is answered then says what is left. */
export async function admitKey(parts: AdmitParts, request: IncomingMessage, answer: Headers): Promise<KeyCaller> {
  const key = await authenticate(parts, request)
  const limits = limitsOf(key.limits, parts.limits)
  return { key, limits, today: await admitRequest(parts.database, key.id, limits, answer) }
}

/** Who asks, and for which source: in this order, so that strangers learn nothing. */
export async function admitForSource(
  parts: AdmitParts,
  request: IncomingMessage,
  answer: Headers,
  source: string,
): Promise<KeyCaller & { readonly adapter: Adapter }> {
  const caller = await admitKey(parts, request, answer)
  const adapter = adapterOf(parts, source)
  if (caller.key.sources.includes(source)) return { ...caller, adapter }
  keyRefused(parts.logger, parts.metrics, caller.key.id, 'other_source')
  throw new Problem(403, 'source_not_allowed', `this key is not for ${quoted(source)}`, CLOSE)
}

const CLOSE = { headers: { Connection: 'close' } }

export function adapterOf({ adapters }: Pick<AdmitParts, 'adapters'>, source: string): Adapter {
  const adapter = adapters.get(source)
  if (adapter) return adapter
  throw new Problem(404, 'unknown_source', `the sources are ${[...adapters.keys()].join(', ')}`, CLOSE)
}

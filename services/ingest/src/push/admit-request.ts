import { Problem, type Queryable } from '@atlas/runtime'
import { countRequest, type DayUsage, type KeyStanding } from '../store/key-usage.ts'
import type { KeyLimits } from './limits.ts'

/** Where headers of an answer are put. */
export interface Headers {
  setHeader(name: string, value: string): unknown
}

const WINDOW_MS = 60_000
const DAY_S = 86_400

/** Counts a request of a key and says what is left, in the answer's headers; throws 429 `rate_limited`. */
export async function admitRequest(
  database: Queryable,
  keyId: string,
  limits: KeyLimits,
  answer: Headers,
): Promise<DayUsage> {
  const standing = await countRequest(database, keyId, WINDOW_MS)
  for (const [name, value] of Object.entries(rateLimitHeaders(limits, standing))) answer.setHeader(name, value)
  const { ratePerMinute } = limits
  if (ratePerMinute === null || standing.requests <= ratePerMinute) return standing.today
  throw new Problem(429, 'rate_limited', `this key sends at most ${ratePerMinute} requests a minute; wait a little`, {
    headers: { 'Retry-After': seconds(standing.windowEndsInMs), Connection: 'close' },
  })
}

/** Throws 429 `quota_exceeded` until the day (UTC) is over. */
export function quotaExceeded(detail: string, now: number): Problem {
  const left = DAY_S * 1_000 - (now % (DAY_S * 1_000))
  return new Problem(429, 'quota_exceeded', detail, {
    headers: { 'Retry-After': seconds(left), Connection: 'close' },
  })
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-08, a member for each limit that there is. */
export function rateLimitHeaders(limits: KeyLimits, standing: KeyStanding): Record<string, string> {
  const { requests, windowEndsInMs, today, dayEndsInMs } = standing
  const policies = [
    {
      name: 'requests',
      quota: limits.ratePerMinute,
      used: requests,
      windowS: WINDOW_MS / 1_000,
      unit: '',
      leftMs: windowEndsInMs,
    },
    { name: 'records', quota: limits.dailyRecords, used: today.records, windowS: DAY_S, unit: '', leftMs: dayEndsInMs },
    {
      name: 'bytes',
      quota: limits.dailyBytes,
      used: today.bytes,
      windowS: DAY_S,
      unit: ';qu="content-bytes"',
      leftMs: dayEndsInMs,
    },
  ].flatMap(({ quota, ...policy }) => (quota === null ? [] : [{ ...policy, quota }]))
  if (policies.length === 0) return {}
  return {
    'RateLimit-Policy': policies
      .map(({ name, quota, windowS, unit }) => `"${name}";q=${quota};w=${windowS}${unit}`)
      .join(', '),
    RateLimit: policies
      .map(({ name, quota, used, leftMs }) => `"${name}";r=${Math.max(0, quota - used)};t=${seconds(leftMs)}`)
      .join(', '),
  }
}

/** Never 0: who comes back at once is refused again. */
function seconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1_000)))
}

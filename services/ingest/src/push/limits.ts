import type { GivenLimits } from '../store/api-keys.ts'

/** What a key may do; null: anything. */
export interface KeyLimits {
  readonly ratePerMinute: number | null
  readonly maxBodyBytes: number | null
  readonly maxLines: number | null
  /** Kept and refused ones, a day of UTC. What is sent again does not count. */
  readonly dailyRecords: number | null
  /** Of bodies, decompressed. */
  readonly dailyBytes: number | null
}

/** For keys that say nothing else; 0: none. */
export type DefaultLimits = Readonly<Record<keyof KeyLimits, number>>

/** 20 requests a second for as long as somebody likes; a chunk of a thousand lines is one request. */
export const DEFAULT_LIMITS: DefaultLimits = {
  ratePerMinute: 1_200,
  maxBodyBytes: 0,
  maxLines: 0,
  dailyRecords: 0,
  dailyBytes: 0,
}

export function limitsOf(given: GivenLimits, defaults: DefaultLimits): KeyLimits {
  const limit = (name: keyof KeyLimits) => {
    const value = given[name] ?? defaults[name]
    return value === 0 ? null : value
  }
  return {
    ratePerMinute: limit('ratePerMinute'),
    maxBodyBytes: limit('maxBodyBytes'),
    maxLines: limit('maxLines'),
    dailyRecords: limit('dailyRecords'),
    dailyBytes: limit('dailyBytes'),
  }
}

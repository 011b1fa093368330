import type { PairEngine } from '../engine/port.ts'
import type { NeutralPair } from '../neutral/types.ts'
import { rounded } from './probability.ts'

/** What an engine said of one pair. */
export interface PairMatch extends NeutralPair {
  readonly p: number
  readonly same: boolean
}

export function* matchPairs(pairs: readonly NeutralPair[], engine: PairEngine): Generator<PairMatch> {
  for (const { left, right } of pairs) {
    const p = engine.compare(left, right)
    yield { left, right, p: rounded(p), same: p >= engine.threshold }
  }
}

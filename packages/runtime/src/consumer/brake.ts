export interface BrakeLimits {
  /** More rejected messages in a row stop the partition. */
  readonly inARow: number
  /** More than `share` of the last `window` messages stop it too. */
  readonly window: number
  readonly share: number
}

/** A broken deployment must not quarantine a whole topic. */
export const BRAKE: BrakeLimits = { inARow: 20, window: 1_000, share: 0.05 }

/**
 * The offset of the rejection that is one too many, if any. Offsets are dense, so that neighbours are neighbours and the
 * last 1,000 messages are the last 1,000 offsets.
 */
export function brakeAt(
  earlier: readonly bigint[],
  rejected: readonly bigint[],
  limits: BrakeLimits = BRAKE,
): bigint | undefined {
  const all = [...earlier].sort(ascending)
  const allowed = Math.floor(limits.window * limits.share)
  for (const offset of [...rejected].sort(ascending)) {
    all.push(offset)
    const recent = all.filter((other) => other > offset - BigInt(limits.window))
    if (recent.length > allowed || runUpTo(all) > limits.inARow) return offset
  }
  return undefined
}

/** How many offsets without a hole end the list. */
function runUpTo(offsets: readonly bigint[]): number {
  let run = 1
  for (let at = offsets.length - 1; at > 0; at--) {
    if ((offsets[at] ?? 0n) - (offsets[at - 1] ?? 0n) !== 1n) break
    run++
  }
  return run
}

function ascending(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}

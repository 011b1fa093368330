import type { Comparison, Reason, Scored } from '../types.ts'
import { compareWithName } from './compare.ts'
import type { Model } from './model.ts'
import { matchNames } from './names.ts'
import type { PreparedProfile, PreparedSlot } from './prepare.ts'

/**
 * Additive log2 odds, prior included: the weights of the reasons sum to `logOdds`, and `score` grows with it. Better
 * evidence of one comparison never lowers it.
 */
export function score(slot: PreparedSlot, profile: PreparedProfile, model: Model): Scored {
  const name = matchNames(slot.names, profile.names, model)
  const prior: Reason = {
    type: 'prior',
    level: name.forms === null ? 'no_name' : 'family_name',
    weight: name.prior,
    details: name.forms?.[1].asGiven ?? null,
  }
  return weigh(prior, compareWithName(slot, profile, name, model), model)
}

/** The sum of a prior and of the levels reached. */
export function weigh(prior: Reason, comparisons: readonly Comparison[], model: Model): Scored {
  const reasons = capped(comparisons, model).filter(({ weight }) => weight !== 0)
  reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.type < b.type ? -1 : 1))
  const all = [prior, ...reasons]
  const logOdds = all.reduce((sum, { weight }) => sum + weight, 0)
  return { score: probabilityOf(logOdds, model), logOdds, reasons: all }
}

/** Rising with `logOdds`, between 0 and 1. */
export function probabilityOf(logOdds: number, { calibration }: Model): number {
  let [x0, y0] = calibration[0] ?? [0, 0.5]
  if (logOdds <= x0) return y0
  for (const [x, y] of calibration) {
    if (logOdds <= x) return x === x0 ? y : y0 + ((y - y0) * (logOdds - x0)) / (x - x0)
    ;[x0, y0] = [x, y]
  }
  return y0
}

function reasonOf({ comparison, level, rarity, details }: Comparison, model: Model): Reason {
  const found = model.levels[comparison][level]
  if (found === undefined) throw new Error(`no level "${level}" of "${comparison}" in model "${model.version}"`)
  return { type: found.type, level, weight: found.weight + rarity, details }
}

/**
 * What comparisons of one group say is one thing said several times: their support together is cut at the cap, their
 * objections at the floor, the strongest first. Both sums rise with each weight, so the whole does.
 */
function capped(comparisons: readonly Comparison[], model: Model): Reason[] {
  const alone: Reason[] = []
  const grouped = model.groups.map((): Reason[] => [])
  for (const comparison of comparisons) {
    const at = model.groups.findIndex((group) => group.comparisons.includes(comparison.comparison))
    const target = at < 0 ? alone : grouped[at]
    target?.push(reasonOf(comparison, model))
  }
  for (const [at, reasons] of grouped.entries()) {
    const { cap, floor } = model.groups[at] ?? { cap: 0, floor: 0 }
    alone.push(
      ...cut(
        reasons.filter(({ weight }) => weight > 0),
        cap,
      ),
      ...cut(
        reasons.filter(({ weight }) => weight < 0),
        -floor,
      ),
    )
  }
  return alone
}

function cut(reasons: readonly Reason[], atMost: number): readonly Reason[] {
  let left = atMost
  return reasons
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map((reason) => {
      const size = Math.min(Math.abs(reason.weight), left)
      left -= size
      return { ...reason, weight: Math.sign(reason.weight) * size }
    })
}

import { byProbability } from '../engine/order.ts'
import type { AuthorEngine, PairEngine, Proposal } from '../engine/port.ts'
import { compatibleForenames, nameWords, plainName } from '../names/plain-name.ts'
import type { AuthorSet, PairSet, SlotRef } from '../neutral/types.ts'
import { type NameRule, nameAt, namesakesIn, othersOn, sameInitial } from './candidates.ts'

// A rule is sure or it is not; what it says is no probability, and its calibration shows it.
const THRESHOLD = 0.75

/** Accepts the only profile whose name the rule lets in; of several none. */
export function onlyNamesake(model: string, rule: NameRule): (set: AuthorSet) => AuthorEngine {
  return (set) => {
    const namesakes = namesakesIn(set)
    return {
      model,
      threshold: THRESHOLD,
      propose(item) {
        const found = namesakes.find(nameAt(set.record(item.record), item.slot), rule)
        return found.map((profile) => ({ profile, p: 1 / found.length })).sort(byProbability)
      },
      answer(item, confirmed) {
        if (confirmed !== null) namesakes.add(confirmed, nameAt(set.record(item.record), item.slot))
      },
    }
  }
}

/** Of the profiles of a compatible forename the one that shares more co-authors than every other, if it shares any. */
export function mostSharedCoauthors(model: string): (set: AuthorSet) => AuthorEngine {
  return (set) => {
    const namesakes = namesakesIn(set)
    const known = new Map(set.profiles.map(({ id, seeds }) => [id, coauthorsOf(set, seeds)]))
    return {
      model,
      threshold: THRESHOLD,
      propose(item) {
        const record = set.record(item.record)
        const others = [...coauthorsOf(set, [item])]
        const counted = namesakes.find(nameAt(record, item.slot), compatibleForenames).map((profile) => ({
          profile,
          shared: others.filter((name) => known.get(profile)?.has(name)).length,
        }))
        return ranked(counted)
      },
      answer(item, confirmed) {
        if (confirmed === null) return
        namesakes.add(confirmed, nameAt(set.record(item.record), item.slot))
        for (const name of coauthorsOf(set, [item])) known.get(confirmed)?.add(name)
      },
    }
  }
}

/** The same rules between two slots. */
export function pairRule(model: string, rule: NameRule, withCoauthors: boolean): (set: PairSet) => PairEngine {
  return (set) => ({
    model,
    threshold: THRESHOLD,
    compare(left, right) {
      const [a, b] = [left, right].map(({ record, slot }) => plainName(nameAt(set.record(record), slot)))
      if (a === undefined || b === undefined || a.family !== b.family || !rule(a, b)) return 0
      if (!withCoauthors) return 1
      const others = coauthorsOf(set, [right])
      return [...coauthorsOf(set, [left])].some((name) => others.has(name)) ? 1 : 0
    },
  })
}

export const BY_INITIAL: NameRule = sameInitial
export const BY_FORENAME: NameRule = compatibleForenames

function coauthorsOf({ record }: Pick<AuthorSet, 'record'>, slots: readonly SlotRef[]): Set<string> {
  return new Set(slots.flatMap((ref) => othersOn(record(ref.record), ref).map(nameWords)))
}

function ranked(counted: readonly { readonly profile: string; readonly shared: number }[]): readonly Proposal[] {
  const most = Math.max(0, ...counted.map(({ shared }) => shared))
  const alone = counted.filter(({ shared }) => shared === most).length === 1
  return counted
    .map(({ profile, shared }) => ({
      profile,
      p: shared === 0 ? 0 : shared === most && alone ? 1 : (0.5 * shared) / most,
    }))
    .sort(byProbability)
}

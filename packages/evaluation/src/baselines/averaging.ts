import { foldText, titleTokens } from '@atlas/identifiers'
import { distance } from 'fastest-levenshtein'
import { byProbability } from '../engine/order.ts'
import type { AuthorEngine, PairEngine } from '../engine/port.ts'
import { nameWords } from '../names/plain-name.ts'
import type { AuthorSet, NeutralProfile, NeutralRecord, PairSet, SlotRef } from '../neutral/types.ts'
import { nameAt, namesakesIn, othersOn } from './candidates.ts'

// The original design suggested from here on; its automatic threshold of 0.95 cannot be reached without an ORCID.
const SUGGESTED = 0.5

/** What the original design compared, folded. */
interface Facts {
  readonly names: readonly string[]
  readonly orcids: readonly string[]
  readonly emails: readonly string[]
  readonly affiliations: readonly string[]
  readonly coauthors: ReadonlySet<string>
  readonly words: ReadonlySet<string>
}

/** The mean of the weights of the reasons that fired, as the original design had it: more evidence may lower it. */
export function averagingScore(slot: Facts, profile: Facts): number {
  if (slot.orcids.some((orcid) => profile.orcids.includes(orcid))) return 1
  const fired = [
    slot.emails.some((email) => profile.emails.includes(email)) ? 0.9 : 0,
    nameWeight(slot.names, profile.names),
    affiliationWeight(slot.affiliations, profile.affiliations),
    0.3 * shareOf(slot.coauthors, profile.coauthors),
    topicWeight(slot.words, profile.words),
  ].filter((weight) => weight > 0)
  return fired.length === 0 ? 0 : Math.min(1, fired.reduce((sum, weight) => sum + weight, 0) / fired.length)
}

export function averaging(model: string): (set: AuthorSet) => AuthorEngine {
  return (set) => {
    const namesakes = namesakesIn(set)
    const known = new Map(set.profiles.map((profile) => [profile.id, factsOfProfile(set.record, profile)]))
    return {
      model,
      threshold: SUGGESTED,
      propose(item) {
        const slot = factsOf(set.record(item.record), item)
        return namesakes
          .find(nameAt(set.record(item.record), item.slot), () => true)
          .flatMap((profile) => {
            const facts = known.get(profile)
            return facts === undefined ? [] : { profile, p: averagingScore(slot, facts) }
          })
          .filter(({ p }) => p > 0)
          .sort(byProbability)
      },
      answer(item, confirmed) {
        const before = confirmed === null ? undefined : known.get(confirmed)
        if (confirmed === null || before === undefined) return
        known.set(confirmed, together([before, factsOf(set.record(item.record), item)]))
        namesakes.add(confirmed, nameAt(set.record(item.record), item.slot))
      },
    }
  }
}

export function averagingPairs(model: string): (set: PairSet) => PairEngine {
  return (set) => ({
    model,
    threshold: SUGGESTED,
    compare(left, right) {
      const [a, b] = [factsOf(set.record(left.record), left), factsOf(set.record(right.record), right)]
      return (averagingScore(a, b) + averagingScore(b, a)) / 2
    },
  })
}

function factsOf(record: NeutralRecord, ref: SlotRef): Facts {
  const author = record.authors[ref.slot]
  return {
    names: [foldText(nameAt(record, ref.slot))],
    orcids: author?.orcid ? [author.orcid] : [],
    emails: (author?.emails ?? []).map((email) => email.toLowerCase()),
    affiliations: (author?.affiliations ?? []).map(({ name }) => foldText(name)),
    coauthors: new Set(othersOn(record, ref).map(nameWords)),
    words: new Set([record.title ?? '', ...record.keywords].flatMap(titleTokens)),
  }
}

function factsOfProfile(record: AuthorSet['record'], profile: NeutralProfile): Facts {
  const own: Facts = {
    names: profile.names.map(foldText),
    orcids: profile.orcid === null ? [] : [profile.orcid],
    emails: profile.emails.map((email) => email.toLowerCase()),
    affiliations: profile.affiliations.map(({ name }) => foldText(name)),
    coauthors: new Set(),
    words: new Set(),
  }
  return together([own, ...profile.seeds.map((seed) => factsOf(record(seed.record), seed))])
}

function together(facts: readonly Facts[]): Facts {
  const all = <T>(of: (one: Facts) => Iterable<T>): T[] => [...new Set(facts.flatMap((one) => [...of(one)]))]
  return {
    names: all(({ names }) => names),
    orcids: all(({ orcids }) => orcids),
    emails: all(({ emails }) => emails),
    affiliations: all(({ affiliations }) => affiliations),
    coauthors: new Set(all(({ coauthors }) => coauthors)),
    words: new Set(all(({ words }) => words)),
  }
}

function nameWeight(names: readonly string[], known: readonly string[]): number {
  const best = bestSimilarity(names, known)
  return best === 1 ? 0.6 : best > 0.8 ? 0.3 * best : 0
}

function affiliationWeight(affiliations: readonly string[], known: readonly string[]): number {
  const best = bestSimilarity(affiliations, known)
  return best === 1 ? 0.4 : best > 0.7 ? 0.2 : 0
}

/** Of the known co-authors so many are on the byline. */
function shareOf(coauthors: ReadonlySet<string>, known: ReadonlySet<string>): number {
  return known.size === 0 ? 0 : coauthors.intersection(known).size / known.size
}

function topicWeight(words: ReadonlySet<string>, known: ReadonlySet<string>): number {
  const similarity = words.intersection(known).size / Math.max(1, words.union(known).size)
  return similarity > 0.5 ? 0.2 * similarity : 0
}

function bestSimilarity(texts: readonly string[], known: readonly string[]): number {
  let best = 0
  for (const a of texts)
    for (const b of known) {
      if (a === b) return 1
      const longest = Math.max(a.length, b.length)
      // The lengths alone say when it cannot become better.
      if (1 - Math.abs(a.length - b.length) / longest <= best) continue
      best = Math.max(best, 1 - distance(a, b) / longest)
    }
  return best
}

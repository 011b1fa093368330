import type { Link, LinkageRecord, Verdict } from '../types.ts'
import { blockPairs } from './block.ts'
import { type Pair, pairOf } from './pair.ts'
import { type PreparedRecord, prepareRecord } from './prepare.ts'
import { type RuleSet, SHIPPED_RULES } from './rule-set.ts'

/** The first rule of the table that holds; symmetric. */
export function verdict(a: LinkageRecord, b: LinkageRecord): Verdict {
  return verdictOf(prepareRecord(a), prepareRecord(b))
}

/** The same for records prepared once. */
export function verdictOf(a: PreparedRecord, b: PreparedRecord, rules: RuleSet = SHIPPED_RULES): Verdict {
  return verdictOfPair(pairOf(a, b), rules)
}

/** The same for a pair whose two sides were compared. */
export function verdictOfPair(pair: Pair, { rules }: RuleSet = SHIPPED_RULES): Verdict {
  const rule = rules.find(({ holds }) => holds(pair))
  if (rule === undefined) throw new Error('the last rule holds always')
  return { status: rule.status, reason: rule.reason, evidence: evidenceOf(pair) }
}

/** Exact and strong pairs are links; the others are not. */
export function isAccepted({ status }: Verdict): boolean {
  return status === 'exact' || status === 'strong'
}

/** Every accepted pair among records that share a blocking key, sorted; the order of the records does not matter. */
export function linksAmong(records: readonly LinkageRecord[], rules: RuleSet = SHIPPED_RULES): readonly Link[] {
  return linksOf(records.map(prepareRecord), rules)
}

/** The same for records prepared once. */
export function linksOf(prepared: readonly PreparedRecord[], rules: RuleSet = SHIPPED_RULES): readonly Link[] {
  return blockPairs(prepared).flatMap(([left, right]): Link[] => {
    const found = verdictOf(left, right, rules)
    return isAccepted(found) ? [{ left: left.record.recordId, right: right.record.recordId, ...found }] : []
  })
}

function evidenceOf(pair: Pair): string[] {
  const items = [
    ...pair.shared.map((key) => `id: ${key}`),
    `title: ${pair.title}${pair.generic ? ', generic' : pair.short ? ', short' : ''}`,
    `authors: ${pair.authors}`,
    `years: ${pair.years ?? 'unknown'}`,
    `pages: ${pair.pages}`,
    `venue: ${pair.venue}`,
    ...(pair.versions ? ['related: version'] : []),
    ...(pair.otherWork === null ? [] : [`related: ${pair.otherWork}`]),
    ...(pair.doisDiffer ? ['dois: differ'] : []),
  ]
  return items.sort()
}

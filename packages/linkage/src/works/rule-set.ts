import { sha256 } from '../text/hash.ts'
import type { VerdictStatus } from '../types.ts'
import type { RuleVariation } from './rule-variation.ts'
import { RULES, type Rule } from './rules.ts'

/**
 * The rules that made some works, by name: equal versions say the same of every two records. `works/1-3fa2c1d0` is what a
 * build ships, `works/1-3fa2c1d0+strict-9ab31c02` a variation of it.
 */
export interface RuleSet {
  readonly version: string
  /** Version of the shipped table: only a build that has it can use the set. */
  readonly base: string
  /** null: as shipped. */
  readonly variation: RuleVariation | null
  readonly rules: readonly Rule[]
  /** Place of each rule in the table. */
  readonly rank: ReadonlyMap<string, number>
  /** Rules whose links join two versions of a work. */
  readonly versions: ReadonlySet<string>
  /** Rules that hold two records apart. */
  readonly apart: ReadonlySet<string>
}

// To be raised when what the rules look at (titles, authors, venues, identifiers, keys, grouping) says something else: the
// table itself is part of the version by its text.
const EDITION = 3

/** The rules of this build. */
export const SHIPPED_RULES: RuleSet = ruleSet(`works/${EDITION}-${digestOf(RULES)}`, RULES, null)

/** The shipped rules with some of them turned off or with another status; throws where the variation names none of them. */
export function variedRules(variation: RuleVariation, shipped: RuleSet = SHIPPED_RULES): RuleSet {
  const { name, disable, statuses } = variation
  const known = new Set(shipped.rules.map(({ reason }) => reason))
  const unknown = [...disable, ...Object.keys(statuses)].find((reason) => !known.has(reason))
  if (unknown !== undefined) throw new RangeError(`no rule "${unknown}" in ${shipped.base}`)
  const last = shipped.rules.at(-1)?.reason ?? ''
  if (disable.includes(last)) throw new RangeError(`the rule "${last}" is what remains when no other holds: it stays`)
  const both = disable.find((reason) => reason in statuses)
  if (both !== undefined) throw new RangeError(`the rule "${both}" is disabled and has another status at once`)
  const off = new Set(disable)
  const rules = shipped.rules
    .filter(({ reason }) => !off.has(reason))
    .map((rule) => ({ ...rule, status: statuses[rule.reason] ?? rule.status }))
  const contrary = rules.find(({ apart, status }) => apart === true && (status === 'exact' || status === 'strong'))
  if (contrary !== undefined)
    throw new RangeError(
      `the rule "${contrary.reason}" holds two records apart: it cannot link them as ${contrary.status}`,
    )
  return ruleSet(`${shipped.base}+${name}-${contentOf(variation)}`, rules, variation, shipped.base)
}

function ruleSet(version: string, rules: readonly Rule[], variation: RuleVariation | null, base = version): RuleSet {
  return {
    version,
    base,
    variation,
    rules,
    rank: new Map(rules.map(({ reason }, rank) => [reason, rank])),
    versions: new Set(rules.flatMap(({ reason, version }) => (version ? [reason] : []))),
    apart: new Set(rules.flatMap(({ reason, apart }) => (apart ? [reason] : []))),
  }
}

function digestOf(rules: readonly Rule[]): string {
  const lines = rules.map((rule): readonly unknown[] => [
    rule.reason,
    rule.status satisfies VerdictStatus,
    rule.apart ?? false,
    rule.version ?? false,
    // White space is the formatter's.
    String(rule.holds).replaceAll(/\s+/g, ''),
  ])
  return sha256(JSON.stringify(lines)).slice(0, 8)
}

/** Two variations that do the same under one name are one. */
function contentOf({ disable, statuses }: RuleVariation): string {
  const sorted = Object.entries(statuses).sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256(JSON.stringify([[...new Set(disable)].sort(), sorted])).slice(0, 8)
}

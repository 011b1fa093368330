import { type AttributionModel, COMPARISON_NAMES, COMPARISONS, type ComparisonName, RARITIES } from '@atlas/linkage'
import { AFFILIATION } from './affiliations.ts'
import { CITATIONS, CITATIONS_IN_LISTS, FUNDING, LANGUAGE } from './circumstances.ts'
import { COAUTHORS } from './coauthors.ts'
import type { Fragment } from './fragment.ts'
import { AUTHOR_ID, DECISION, EMAIL, ORCID } from './identity.ts'
import { FIT_COLUMNS, NAME_FIT } from './name-fit.ts'
import { TOPICS, TOPICS_IN_LISTS } from './topics.ts'
import { VENUE, YEARS } from './venue-and-years.ts'

// A new comparison is one more of these, and columns or tables of what it compares.
const IN_BOTH: readonly Fragment[] = [
  ORCID,
  AUTHOR_ID,
  EMAIL,
  DECISION,
  NAME_FIT,
  COAUTHORS,
  VENUE,
  AFFILIATION,
  YEARS,
  LANGUAGE,
  FUNDING,
]

/**
 * Two ways to write the same: every comparison in lists of one row a side, as Splink writes them, and with words and citations
 * joined row by row, the fastest that was found.
 */
export const FORMS = {
  inLists: [...IN_BOTH, TOPICS_IN_LISTS, CITATIONS_IN_LISTS],
  joined: [...IN_BOTH, TOPICS, CITATIONS],
} as const satisfies Readonly<Record<string, readonly Fragment[]>>

export type Form = keyof typeof FORMS

// A pair whose name does not fit is kept above this, beyond the least that "nobody" weighs.
const NEGLIGIBLE = -9

/** Of all pairs the number of each level, how the names fit, the odds as they are rounded, and whether they are kept. */
export function scoreSql(model: AttributionModel, form: Form): string {
  const weights = COMPARISON_NAMES.map((comparison) => weightOf(comparison, model))
  const sum = [`${model.prior}::double`, ...weights].join(' + ')
  const odds = `${rounded(sum)} as log_odds, ${rounded(rarityOf(model))} as rarity_odds`
  return `select *, ${isKept(model)} as kept from (select *, ${odds} from (${levelsSql(FORMS[form])}))`
}

function isKept({ nobody, rarity }: AttributionModel): string {
  const rarest = Object.values(rarity).flatMap((levels) => Object.values(levels))
  const least = Math.min(...nobody, ...rarest.map((weight) => -weight))
  return `fitting > 0 or log_odds > ${least + NEGLIGIBLE}::double`
}

function levelsSql(fragments: readonly Fragment[]): string {
  // A comparison without a fragment has no level: where a pair of ours has one, the two sides differ and the bench stops.
  const levels: Fragment['levels'] = Object.assign({}, ...fragments.map((fragment) => fragment.levels))
  const columns = COMPARISON_NAMES.map((comparison) => `${levels[comparison] ?? 'null'} as "${comparison}"`)
  const joins = fragments
    .flatMap(({ gathered }) => gathered ?? [])
    .map(({ name, sql }) => `left join (${sql}) as ${name} using (pair)`)
  return `select pair, ${FIT_COLUMNS}, p.confirmed_works = 0 as unproven, ${columns.join(', ')}
    from pairs join slots as s using (slot) join profiles as p using (profile) ${joins.join(' ')}`
}

function weightOf(comparison: ComparisonName, { weights }: AttributionModel): string {
  return `case "${comparison}" ${whens(COMPARISONS[comparison], weights[comparison])} else 0 end`
}

/** By how rare what agrees is; less where nothing else is known of the person. */
function rarityOf({ rarity, unproven }: AttributionModel): string {
  return `case when fitting = 2 then case rarity ${whens(RARITIES.name, rarity.name)} end
    else case rarity ${whens(RARITIES.family, rarity.family)} end end - case when unproven then ${unproven} else 0 end`
}

function whens(levels: readonly string[], weights: Readonly<Record<string, number>>): string {
  return levels.map((level, no) => `when ${no} then ${weights[level] ?? 0}::double`).join(' ')
}

// Never -0, as ours.
function rounded(odds: string): string {
  return `round(${odds}, 4) + 0`
}

import type { Reason } from '../types.ts'
import { contributionsOf } from './attribute.ts'
import type { AttributionModel, ComparisonName, Levels } from './model.ts'
import { roundedOdds } from './settle.ts'

/**
 * The reason each level of a comparison is shown as: one for all of its levels, or by level where they say different
 * things. A growing vocabulary: readers show a type they do not know by its name.
 */
const TYPES: Readonly<Record<ComparisonName, string | Readonly<Record<string, string>>>> = {
  orcid: {
    different: 'orcid_different',
    different_claimed: 'orcid_different',
    name_conflict: 'orcid_conflict',
    exact_disputed: 'orcid_conflict',
    exact_name_changed: 'orcid_exact',
    claimed: 'orcid_claimed',
    exact: 'orcid_exact',
  },
  author_id: {
    not_mine: 'author_id_rejected',
    other_id: 'author_id_other',
    partly_mine: 'author_id_match',
    confirmed: 'author_id_match',
    mine: 'author_id_match',
  },
  email: 'email_match',
  decision: 'previous_decision',
  name: {
    other: 'name_conflict',
    conflict: 'name_conflict',
    family_changed: 'name_conflict',
    middle_conflict: 'name_conflict',
    family_only: 'name_similar',
    initials: 'name_similar',
    family_typo: 'name_similar',
    similar: 'name_similar',
    swapped: 'name_similar',
    compound: 'name_similar',
    compatible: 'name_similar',
    exact: 'name_exact',
  },
  coauthors: { none: 'coauthor_none' },
  known_coauthors: 'coauthor_none',
  byline: 'coauthor_none',
  nearest_topic: 'topic_similarity',
  field: 'topic_similarity',
  nearest_title: 'topic_similarity',
  title_field: 'topic_similarity',
  venue: { other: 'venue_other' },
  affiliation: {
    different: 'affiliation_different',
    similar: 'affiliation_similar',
    name_equal: 'affiliation_match',
    ror_equal: 'affiliation_match',
  },
  years: 'temporal_consistency',
  citation: { none: 'citation_none', one: 'self_citation', several: 'self_citation' },
  references: { none: 'references_other' },
  language: { other: 'language_other' },
  funding: { other: 'funding_other' },
}

/** The types of levels that have none of their own. */
const OTHERWISE: Readonly<Partial<Record<ComparisonName, string>>> = {
  coauthors: 'coauthor_network',
  venue: 'venue_match',
  references: 'references_shared',
  language: 'language_match',
  funding: 'funding_match',
}

/** Every level has one; a level that has none is a defect. */
export function reasonType(comparison: ComparisonName, level: string): string {
  const types = TYPES[comparison]
  const type = typeof types === 'string' ? types : (types[level] ?? OTHERWISE[comparison])
  if (type === undefined) throw new Error(`no reason for level "${level}" of "${comparison}"`)
  return type
}

/**
 * What the log odds of a pair are made of, for a reader: the prior first, then by absolute weight. The weights sum to
 * `logOdds`; comparisons that add nothing are left out.
 */
export function reasonsOf(
  levels: Levels,
  details: Readonly<Partial<Record<ComparisonName, string>>>,
  model: AttributionModel,
): readonly Reason[] {
  const reasons = contributionsOf(levels, model).flatMap(({ comparison, level, weight }): readonly Reason[] =>
    level === null || weight === 0
      ? []
      : [
          {
            type: reasonType(comparison, level),
            // Two comparisons may share a type: their levels tell them apart.
            level: `${comparison}: ${level}`,
            weight: roundedOdds(weight),
            details: details[comparison] ?? null,
          },
        ],
  )
  reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.level < b.level ? -1 : 1))
  return [{ type: 'prior', level: 'prior', weight: roundedOdds(model.prior), details: null }, ...reasons]
}

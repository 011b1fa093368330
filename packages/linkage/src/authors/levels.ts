import type { ComparisonName } from '../types.ts'
import type { Level } from './model.ts'

const nothing: Level = { weight: 0, type: 'none' }

/**
 * The levels of each comparison, best first, each with its null level. How to add one: a row here, the line in `compare-…`
 * that reaches it, and a row in that comparison's table of cases.
 */
export const LEVELS_1: Readonly<Record<ComparisonName, Readonly<Record<string, Level>>>> = {
  name: {
    exact: { weight: 0.5, type: 'name_exact', rarity: 12 },
    compatible: { weight: 0, type: 'name_similar', rarity: 11 },
    compound: { weight: -1, type: 'name_similar', rarity: 10 },
    swapped: { weight: -1.5, type: 'name_similar', rarity: 10 },
    similar: { weight: -2.5, type: 'name_similar', rarity: 10 },
    family_typo: { weight: -3, type: 'name_similar', rarity: 10 },
    initials: { weight: 3, type: 'name_similar', rarity: 4 },
    family_only: { weight: 0, type: 'name_similar' },
    null: nothing,
    middle_conflict: { weight: -2, type: 'name_conflict' },
    family_changed: { weight: -6, type: 'name_conflict' },
    conflict: { weight: -10, type: 'name_conflict' },
    other: { weight: -14, type: 'name_conflict' },
  },
  orcid: {
    exact: { weight: 22, type: 'orcid_exact' },
    claimed: { weight: 20, type: 'orcid_claimed' },
    exact_name_changed: { weight: 18, type: 'orcid_exact' },
    exact_disputed: { weight: 6, type: 'orcid_conflict' },
    name_conflict: { weight: 3, type: 'orcid_conflict' },
    null: nothing,
    different_claimed: { weight: -8, type: 'orcid_different' },
    different: { weight: -14, type: 'orcid_different' },
  },
  author_id: {
    mine: { weight: 10, type: 'author_id_match' },
    confirmed: { weight: 5, type: 'author_id_match' },
    partly_mine: { weight: 3, type: 'author_id_match' },
    null: nothing,
    other_id: { weight: -0.5, type: 'author_id_other' },
    not_mine: { weight: -10, type: 'author_id_rejected' },
  },
  email: { equal: { weight: 12, type: 'email_match' }, null: nothing },
  affiliation: {
    ror_equal: { weight: 4, type: 'affiliation_match' },
    name_equal: { weight: 3.5, type: 'affiliation_match' },
    similar: { weight: 2, type: 'affiliation_similar' },
    null: nothing,
    different: { weight: -0.6, type: 'affiliation_different' },
  },
  coauthors: {
    many: { weight: 9, type: 'coauthor_network' },
    two: { weight: 7, type: 'coauthor_network' },
    one_rare: { weight: 5.5, type: 'coauthor_network' },
    one: { weight: 3.5, type: 'coauthor_network' },
    initials_two: { weight: 3, type: 'coauthor_network' },
    initials_one: { weight: 1.2, type: 'coauthor_network' },
    null: nothing,
    none: { weight: -0.5, type: 'coauthor_network' },
    none_of_many: { weight: -1.2, type: 'coauthor_network' },
  },
  years: {
    inside: { weight: 0.5, type: 'temporal_consistency' },
    near: { weight: 0.2, type: 'temporal_consistency' },
    null: nothing,
    gap: { weight: -1, type: 'temporal_consistency' },
    outside: { weight: -6, type: 'temporal_consistency' },
    impossible: { weight: -20, type: 'temporal_consistency' },
  },
  topics: {
    close: { weight: 3, type: 'topic_similarity' },
    related: { weight: 2, type: 'topic_similarity' },
    some: { weight: 0.8, type: 'topic_similarity' },
    null: nothing,
    none: { weight: -0.8, type: 'topic_similarity' },
  },
  venue: { same: { weight: 2.5, type: 'venue_match' }, null: nothing },
  previous_decision: {
    confirmed_same: { weight: 25, type: 'previous_decision' },
    confirmed_similar: { weight: 1.5, type: 'previous_decision' },
    null: nothing,
    rejected_similar: { weight: -3, type: 'previous_decision' },
    rejected_same: { weight: -25, type: 'previous_decision' },
  },
}

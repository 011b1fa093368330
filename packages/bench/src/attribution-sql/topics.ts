import { type Fragment, keyOf, steps } from './fragment.ts'

const TITLE_TERMS = 20
const TITLE_EDGES = [0.001, 0.06, 0.1, 0.15, 0.22, 0.32]
const NEAREST_EDGES = [0.02, 0.04, 0.06, 0.09, 0.12, 0.16, 0.21, 0.28]
const FIELD_EDGES = [0.02, 0.05, 0.08, 0.12, 0.16, 0.2, 0.26, 0.33]

const IS_COMPARED = 's.terms > 0 and p.longest > 0'
const IS_TITLE = `${IS_COMPARED} and least(s.terms, p.longest) < ${TITLE_TERMS}`
const IS_TEXT = `${IS_COMPARED} and least(s.terms, p.longest) >= ${TITLE_TERMS}`
const [NEAREST, FIELD] = ['coalesce(topics.nearest, 0)', 'coalesce(topics.field, 0)']

/** Words row by row: cosines with the nearest work, and with all of them together, whose weight of a word stands at its first work. */
export const TOPICS: Fragment = {
  gathered: {
    name: 'topics',
    sql: `
      select pair, max(nearest) as nearest, sum(field) as field
      from (
        select pair, work, sum(slot_weight * weight) as nearest, sum(slot_weight * field_weight) as field
        from pairs join slot_terms using (slot) join profile_terms on ${keyOf('slot_terms.term')} = profile_term
        group by pair, work
      )
      group by pair`,
  },
  levels: {
    nearest_topic: `case when ${IS_TEXT} then ${steps(NEAREST, NEAREST_EDGES)} end`,
    field: `case when ${IS_TEXT} then ${steps(FIELD, FIELD_EDGES)} end`,
    nearest_title: `case when ${IS_TITLE} then ${steps(NEAREST, TITLE_EDGES)} end`,
    title_field: `case when ${IS_TITLE} then ${steps(FIELD, TITLE_EDGES)} end`,
  },
}

/** The same in lists of one row a side, as Splink writes its comparisons. */
export const TOPICS_IN_LISTS: Fragment = {
  ...TOPICS,
  gathered: {
    name: 'topics',
    sql: `
      select pair,
        list_max(list_transform(p.works, lambda one: ${cosine('one.terms', 'one.weights')})) as nearest,
        ${cosine('p.terms', 'p.weights')} as field
      from pairs join slot_word_lists as s using (slot) join profile_word_lists as p using (profile)`,
  },
}

function cosine(terms: string, weights: string): string {
  const product = `s.weights[list_position(s.terms, term)] * ${weights}[list_position(${terms}, term)]`
  return `coalesce(list_sum(list_transform(list_intersect(s.terms, ${terms}), lambda term: ${product})), 0)`
}

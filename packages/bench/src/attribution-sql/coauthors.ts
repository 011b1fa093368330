import { type Fragment, levelNo, steps } from './fragment.ts'

const COAUTHOR_EDGES = [2.5, 4, 5, 7, 9, 12]
const KNOWN_EDGES = [-25, -12, -6, -3, -1.5]
const BYLINE_EDGES = [-4.5, -2.5, -1.5]

const IS_COMPARED = 's.others > 0 and p.known > 0'
const NOBODY_SHARED = `${IS_COMPARED} and coalesce(met.weight, 0) = 0 and coalesce(met.by_initials, 0) = 0`

const IS_MET = 'list_contains(p.known_initials, one.initials)'
const IS_NAMED = 'coalesce(list_contains(p.known_names, one.name), false)'
const TIMES = 'p.known_times[list_position(p.known_names, one.name)]'
const WEIGHT = `greatest(1, 4 - 0.6::double * greatest(0, -one.bits)) * (1 + 0.3::double * least(3, ${TIMES} - 1))`
const BY_INITIALS = '(one.name is null or list_contains(p.abbreviated, one.initials))'

/**
 * Whom both wrote with; and where nobody is shared, how much that says. In lists, which are short: joined by names it takes
 * twice as long.
 */
export const COAUTHORS: Fragment = {
  gathered: {
    name: 'met',
    sql: `
      select pair,
        list_sum(list_transform(list_filter(shared, lambda one: one.named), lambda one: one.weight)) as weight,
        len(list_filter(shared, lambda one: not one.named and one.abbreviated)) as by_initials
      from (
        select pair, list_transform(list_filter(s.byline, lambda one: ${IS_MET}), lambda one: {
          'named': ${IS_NAMED}, 'weight': ${WEIGHT}, 'abbreviated': ${BY_INITIALS}}) as shared
        from pairs join slots as s using (slot) join profiles as p using (profile)
      )`,
  },
  levels: {
    coauthors: `case when ${IS_COMPARED} then case
      when met.weight > 0 then ${steps('met.weight', COAUTHOR_EDGES, 3)}
      when met.by_initials > 0 then least(met.by_initials, 3)
      else ${levelNo('coauthors', 'none')} end end`,
    known_coauthors: `case when ${NOBODY_SHARED} then ${steps('-p.known', KNOWN_EDGES)} end`,
    byline: `case when ${NOBODY_SHARED} then ${steps('-s.others', BYLINE_EDGES)} end`,
  },
}

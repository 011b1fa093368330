import { type Fragment, keyOf, levelNo } from './fragment.ts'

const FEW_REFERENCES = 2
const MANY_REFERENCES = 5
const IS_CITED = '(len(s.cited_as) > 0 and len(p.cited) > 0)'
const SHARED_IN_LISTS = 'len(list_intersect(s.cites, p.cited))'
const SHARED = 'coalesce(both_cite.shared, 0)'
const CITING =
  'len(list_distinct(list_transform(list_intersect(s.cites, p.own), lambda one: p.own_works[list_position(p.own, one)])))'
const TIMES = 'lambda one: p.cited_times[list_position(p.cited, one)]'
const CITED_BY = `coalesce(list_max(list_transform(list_intersect(s.cited_as, p.cited), ${TIMES})), 0)`
const MET = `${CITING} + ${CITED_BY}`

function citations(shared: string): Fragment['levels'] {
  return {
    citation: `case when (len(s.cites) > 0 and len(p.own) > 0) or ${IS_CITED} then least(${MET}, 2) end`,
    references: `case when len(s.cites) > 0 and len(p.cited) > 0 then case
      when ${shared} >= ${MANY_REFERENCES} then ${levelNo('references', 'many')}
      when ${shared} >= ${FEW_REFERENCES} then ${levelNo('references', 'few')}
      when ${shared} > 0 then ${levelNo('references', 'one')}
      else ${levelNo('references', 'none')} end end`,
  }
}

/** What a work cites and is cited by, and what both cite: these row by row. */
export const CITATIONS: Fragment = {
  gathered: {
    name: 'both_cite',
    sql: `
      select pair, count(*) as shared
      from pairs join slot_cites using (slot) join profile_cited on ${keyOf('slot_cites.cites')} = profile_cites
      group by pair`,
  },
  levels: citations(SHARED),
}

/** The same in lists. */
export const CITATIONS_IN_LISTS: Fragment = { levels: citations(SHARED_IN_LISTS) }

export const LANGUAGE: Fragment = {
  levels: {
    language: `case
      when s.language = '' or len(p.languages) = 0 then null
      when not list_contains(p.languages, s.language) then ${levelNo('language', 'other')}
      when s.language = 'en' then ${levelNo('language', 'usual')}
      else ${levelNo('language', 'same')} end`,
  },
}

export const FUNDING: Fragment = {
  levels: {
    funding: `case
      when len(s.funders) + len(s.awards) = 0 or len(p.funders) + len(p.awards) = 0 then null
      when list_has_any(s.awards, p.awards) then ${levelNo('funding', 'award')}
      when list_has_any(s.funders, p.funders) then ${levelNo('funding', 'funder')}
      else ${levelNo('funding', 'other')} end`,
  },
}

import { type Fragment, levelNo } from './fragment.ts'

/** Where both work. Lists of one short word were left out when they were loaded, as they are like no other. */
export const AFFILIATION: Fragment = {
  levels: {
    affiliation: `case
      when list_has_any(s.rors, p.rors) then ${levelNo('affiliation', 'ror_equal')}
      when list_has_any(s.places, p.places) then ${levelNo('affiliation', 'name_equal')}
      when len(s.places) = 0 or len(p.places) = 0 then null
      when ${areAnySimilar('s.place_words', 'p.place_words')} then ${levelNo('affiliation', 'similar')}
      else ${levelNo('affiliation', 'different')} end`,
  },
}

function areAnySimilar(some: string, others: string): string {
  const similar = `case when len(one) < len(other) then ${shareHalf('one', 'other')} else ${shareHalf('other', 'one')} end`
  return `len(list_filter(${some}, lambda one: len(list_filter(${others}, lambda other: ${similar})) > 0)) > 0`
}

function shareHalf(short: string, long: string): string {
  const shared = `len(list_filter(${short}, lambda word: list_contains(${long}, word)))`
  return `case when len(${short}) = 1 then ${shared} = 1 else ${shared} >= 2 and ${shared} * 2 >= len(${short}) end`
}

import { type Fragment, levelNo, steps } from './fragment.ts'

const VENUE_EDGES = [5, 8]
const YEAR_EDGES = [-11.5, -6.5, -3.5, -1.5, -0.5]

/** Where both published. */
export const VENUE: Fragment = {
  levels: {
    venue: `case when s.venue is not null and len(p.venues) > 0 then
      case when list_contains(p.venues, s.venue) then ${steps('s.venue_bits', VENUE_EDGES, 1)}
      else ${levelNo('venue', 'other')} end end`,
  },
}

/** Years to the nearest work. */
export const YEARS: Fragment = {
  gathered: {
    name: 'nearest_years',
    sql: `select pair, min(abs(profile_years.year - slot_years.year)) as away
      from pairs join slot_years using (slot) join profile_years using (profile) group by pair`,
  },
  levels: { years: `case when nearest_years.away is not null then ${steps('-nearest_years.away', YEAR_EDGES)} end` },
}

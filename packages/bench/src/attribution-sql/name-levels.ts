import {
  ARE_SWAPPED,
  HAVE_ONE_FAMILY,
  HAVE_SAME_LETTERS,
  IS_PART,
  IS_TYPO,
  isUnsplitDouble,
  recutAt,
} from './family-names.ts'
import { type GivenColumns, givenColumns, givenLevel, rankOf } from './given-names.ts'

// What the families say where the given names are still to be asked; levels that are found already are 0 and more.
const ONE_FAMILY = -1
const PART = -2
const OTHER_FAMILY = -3

const BEGIN_ALIKE = `(a_first = b_first or a_joined = b_joined or a_characters <> '' and b_characters <> '')`

const FAMILIES = `case
  when a_family = '' or b_family = '' then ${rankOf('other')}
  when a_is_group or b_is_group
    then case when a_is_group and b_is_group and a_family = b_family then ${rankOf('exact')} else ${rankOf('other')} end
  when ${HAVE_ONE_FAMILY} then ${ONE_FAMILY}
  when ${HAVE_SAME_LETTERS} then case when a_full or b_full then ${rankOf('exact')} else ${rankOf('initials')} end
  when ${ARE_SWAPPED} then ${rankOf('swapped')}
  when ${IS_PART} then ${PART}
  when ${isUnsplitDouble('a', 'b')} or ${isUnsplitDouble('b', 'a')} then ${rankOf('compound')}
  when ${BEGIN_ALIKE} then ${OTHER_FAMILY}
  else ${rankOf('other')} end`

// Of equally many parts there is nothing to recut.
const RECUT = `case when families = ${PART} then
  case when a_part_count < b_part_count then ${recutAt('a', 'b')} else ${recutAt('b', 'a')} end end`

const [A, B] = [givenColumns('a'), givenColumns('b')]

function recut(side: GivenColumns): GivenColumns {
  const given = `${side.given}[:recut]`
  const sounds = `${side.sounds}[:recut]`
  return {
    ...side,
    given,
    sounds,
    count: 'recut',
    joined: `array_to_string(${given}, '')`,
    sound: `array_to_string(${sounds}, '')`,
    written: `(len(list_filter(${given}, lambda one: strlen(one) > 1)) > 0)`,
  }
}

const GIVEN = `case when families < 0 then case
  when recut is null then ${givenLevel(A, B)}
  when a_part_count < b_part_count then ${givenLevel(recut(A), B)}
  else ${givenLevel(recut(B), A)} end end`

const PERSONS = `case
  when families >= 0 then families
  when families = ${ONE_FAMILY}
    then case when given_level = ${rankOf('conflict')} and ${ARE_SWAPPED} then ${rankOf('swapped')} else given_level end
  when families = ${PART} then case
    when recut is null and given_level in (${rankOf('exact')}, ${rankOf('compatible')}, ${rankOf('similar')})
      then ${rankOf('compound')}
    else given_level end
  when given_level not in (${rankOf('exact')}, ${rankOf('compatible')}) then ${rankOf('other')}
  when ${IS_TYPO} then ${rankOf('family_typo')}
  else ${rankOf('family_changed')} end`

const ARE_GENERATIONS = `(a_suffix <> '' and b_suffix <> ''
  and not (a_suffix = 'jr' and b_suffix = 'ii' or a_suffix = 'ii' and b_suffix = 'jr'))`

/** Whether one person may bear both names of this level. */
export function mayBeOnePerson(level: string): string {
  const apart = (['middle_conflict', 'family_changed', 'conflict', 'other'] as const).map(rankOf)
  return `${level} not in (${apart.join(', ')})`
}

const LEVEL = `case when not a_is_group and a_suffix <> b_suffix and ${ARE_GENERATIONS} and ${mayBeOnePerson('persons')}
  then ${rankOf('conflict')} else persons end`

/** Adds `level`, a number, to a table of pairs of names with the columns `a_…` and `b_…`. */
export function withNameLevels(pairs: string): string {
  return `select *, ${LEVEL} as level from (
    select *, ${PERSONS} as persons from (
      select *, ${GIVEN} as given_level from (
        select *, ${RECUT} as recut from (
          select *, ${FAMILIES} as families from (${pairs})))))`
}

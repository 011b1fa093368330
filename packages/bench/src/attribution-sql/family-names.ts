type Side = 'a' | 'b'

/** Equal with or without particles, or two spellings of one Korean name. */
export const HAVE_ONE_FAMILY = `(a_family = b_family or a_family_whole = b_family_whole
  or a_family = b_family_whole or a_family_whole = b_family
  or a_korean_family <> '' and a_korean_family = b_korean_family
    and (a_korean_given <> '' or b_korean_given <> '')
    and (a_korean_given <> '' or not a_full) and (b_korean_given <> '' or not b_full))`

/** Equal letter by letter, and only cut elsewhere. */
export const HAVE_SAME_LETTERS = `(case when a_straight = b_straight
    then a_first = b_first and a_joined || a_family = b_joined || b_family
    else a_turned = b_turned and a_parts[1] = b_parts[1] and a_family || a_joined = b_family || b_joined end)`

/** Family and given name changed places. */
export const ARE_SWAPPED = `(a_full and b_full and (a_straight = b_turned or a_turned = b_straight
  or a_family = b_first and b_family = a_first and a_given_count = b_given_count and a_given[2:] = b_given[2:]))`

const [A_HAS_FEWER, B_HAS_FEWER] = [hasPartsOf('a', 'b'), hasPartsOf('b', 'a')]

/** A double name of which one side has a part, or both parts the other way round. */
export const IS_PART = `(case
  when a_family = b_suffix or b_family = a_suffix then true
  when a_part_count = b_part_count then a_part_count > 1 and a_sorted_parts = b_sorted_parts
  when a_part_count < b_part_count then ${A_HAS_FEWER} else ${B_HAS_FEWER} end)`

function hasPartsOf(short: Side, long: Side): string {
  return `(${short}_parts_written and list_has_all(${long}_parts, ${short}_parts))`
}

/** Where a side took the first of two family names for a given one. */
export function isUnsplitDouble(short: Side, long: Side): string {
  return `(strlen(${short}_family) >= 3 and ${long}_given_count >= 2 and ${short}_full
    and ${long}_joined = ${short}_joined || ${short}_family and ${long}_given[-1] = ${short}_family)`
}

/**
 * How many given names are left to the side with fewer parts when those behind them are joined to its family name, which
 * then is the other's; null where it is not. Particles among the given names go, too, wherever they stand again.
 */
export function recutAt(short: Side, long: Side): string {
  const extra = `(${long}_part_count - ${short}_part_count)`
  const left = `(${short}_given_count - ${extra})`
  const fits = `${extra} > 0 and ${left} > 0
    and list_concat(${short}_given[${left} + 1:], ${short}_parts) = ${long}_parts`
  const particles = `array_to_string(${short}_given[at_name + 1:last_name], '')`
  return `(case when ${fits} then list_reduce(range(${left} - 1, 0, -1), lambda last_name, at_name:
    case when ${particles} || ${long}_family = ${long}_family_whole then at_name else last_name end, ${left}) end)`
}

/** One letter of seven or more, or one sound; Mac and Mc are taken for each other. */
export const IS_TYPO = `(strlen(a_family) > 6 and strlen(b_family) > 6 and a_family_sound = b_family_sound
  or a_family_mac = b_family_mac
  or least(strlen(a_family), strlen(b_family)) >= 7 and abs(strlen(a_family) - strlen(b_family)) <= 1
    and levenshtein(a_family, b_family) = 1)`

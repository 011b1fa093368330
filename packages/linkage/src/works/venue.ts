import { foldText } from '@atlas/identifiers'

/** How two names of a venue stand to each other. `like`: one abbreviates the other, or leaves out who publishes it. */
export type VenueLevel = 'equal' | 'like' | 'differ' | 'unknown'

/** A name of a journal or conference as it is compared. */
export interface PreparedVenue {
  readonly compact: string
  /** Words that tell it from others, of the whole name and of what stands before a dash or colon. */
  readonly forms: readonly (readonly string[])[]
  /** Who publishes it, where the name says so first. */
  readonly publisher: string
}

const EMPTY = new Set(
  'of the and for in on a an de la le les des du der die das und fur et y del el e dell della delle i di da do dos das voor van het'.split(
    ' ',
  ),
)
// They stand before the name in one source and not in another; none of them tells two venues apart by itself.
const PUBLISHERS = new Set('acm ieee siam ams usenix aip aps iop acs rsc spie asme asce proceedings proc'.split(' '))
const ASIDE = /[([][^()[\]]*[)\]]/g

export function prepareVenue(name: string): PreparedVenue {
  const plain = name.replace(ASIDE, ' ')
  const [head = '', ...rest] = plain.split(/\s[-–—]\s|:\s/)
  const whole = wordsOf(plain)
  const forms = rest.length === 0 ? [whole] : [whole, wordsOf(head)]
  const [first = ''] = foldText(plain).split(' ')
  const publisher = PUBLISHERS.has(first) && !first.startsWith('proc') ? first : ''
  return { publisher, compact: foldText(name).replaceAll(' ', ''), forms: forms.filter((words) => words.length > 0) }
}

function wordsOf(text: string): readonly string[] {
  const words = foldText(text)
    .split(' ')
    .filter((word) => word !== '' && !EMPTY.has(word))
  const from = words.findIndex((word) => !PUBLISHERS.has(word))
  return from <= 0 ? words : words.slice(from)
}

/** The level of a pair; symmetric. */
export function compareVenues(a: PreparedVenue, b: PreparedVenue): VenueLevel {
  if (a.compact === '' || b.compact === '') return 'unknown'
  if (a.compact === b.compact) return 'equal'
  if (a.publisher !== '' && b.publisher !== '' && a.publisher !== b.publisher) return 'differ'
  // Two heads may be those of two series of one name.
  const like = a.forms.some((x, i) => b.forms.some((y, j) => (i === 0 || j === 0) && areLike(x, y)))
  return like ? 'like' : 'differ'
}

function areLike(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 1 && b.length === 1) return a[0] === b[0]
  if (a.length !== b.length) return isAcronym(a, b) || isAcronym(b, a)
  return a.every((word, at) => abbreviates(word, b[at] ?? '') || abbreviates(b[at] ?? '', word))
}

/** VLDB of "Very Large Data Bases"; two letters are too few. */
function isAcronym(a: readonly string[], b: readonly string[]): boolean {
  const [word = ''] = a
  return a.length === 1 && word.length >= 3 && word === b.map((other) => other[0]).join('')
}

/** J, Trans, Natl, Intl: begins like the word, and its letters follow one another in it. */
function abbreviates(short: string, long: string): boolean {
  if (short === long) return true
  if (short.length >= long.length || short[0] !== long[0]) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length && (long.startsWith(short) || short.at(-1) === long.at(-1))
}

import anyAscii from 'any-ascii'

// Bidi controls, zero-width characters, soft hyphens, and the variation selectors that any-ascii would leave out anyway.
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu
const PLAIN = /^[\x20-\x7e]*$/
// Dropped, not made a space: O'Brien is OBrien, and transliteration writes soft signs as apostrophes.
const APOSTROPHES = /['`]/g
const NOT_WORD = /[^a-z0-9]+/g

/**
 * Lower-case ASCII words with one space between them: NFKC, invisible characters stripped, transliterated by any-ascii,
 * apostrophes dropped, everything else that is neither letter nor digit a space.
 *
 * **Stable for ever**: mention keys are made of it. any-ascii is pinned, NFKC is stable by Unicode's own policy, and a
 * test holds a table of results. A better folding gets another name.
 */
export function foldText(text: string): string {
  const ascii = PLAIN.test(text) ? text : anyAscii(text.normalize('NFKC').replace(INVISIBLE, ''))
  return ascii.toLowerCase().replace(APOSTROPHES, '').replace(NOT_WORD, ' ').trim()
}

/** A title for comparison: equal for titles that differ in case, accents, punctuation and spacing. Markup is stripped before. */
export function foldTitle(text: string): string {
  return foldText(text)
}

/** The words of a folded title, in order. */
export function titleTokens(text: string): string[] {
  const folded = foldTitle(text)
  return folded === '' ? [] : folded.split(' ')
}

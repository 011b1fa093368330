import { foldText, foldTitle } from '@atlas/identifiers'
import type { LinkageVenue, PartialDate } from '../types.ts'
import { baseDoi } from './identifiers.ts'

/** Whether two titles differ in no more than case, accents and punctuation. */
export function sameTitle(a: string, b: string): boolean {
  return foldTitle(a) === foldTitle(b)
}

/** Whether two dates are the same as far as the coarser one goes. */
export function sameDate(a: PartialDate, b: PartialDate): boolean {
  if (a.year !== b.year) return false
  if (a.month === null || b.month === null) return true
  return a.month === b.month && (a.day === null || b.day === null || a.day === b.day)
}

/** Whether two venues share an ISSN, or a name but for case, accents and spaces. */
export function sameVenue(a: LinkageVenue, b: LinkageVenue): boolean {
  if (a.issns.some((issn) => b.issns.includes(issn))) return true
  const [x, y] = [a, b].map(({ name }) => foldText(name ?? '').replaceAll(' ', ''))
  return x !== '' && x === y
}

/** Whether two DOIs name versions of one deposit. */
export function sameDoi(a: string, b: string): boolean {
  return baseDoi(a) === baseDoi(b)
}

/** Whether two language tags name one language: `en` and `en-GB` do. */
export function sameLanguage(a: string, b: string): boolean {
  return a.toLowerCase().split('-')[0] === b.toLowerCase().split('-')[0]
}

export function same(a: string, b: string): boolean {
  return a === b
}

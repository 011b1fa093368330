import { foldText, foldTitle } from '@atlas/identifiers'
import type { LinkageVenue, PartialDate } from '../types.ts'
import { baseDoi } from './identifiers.ts'

/** Whether two titles differ in no more than case, accents and punctuation. */
export function sameTitle(a: string, b: string): boolean {
  return a === b || foldTitle(a) === foldTitle(b)
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
  return a === b || baseDoi(a) === baseDoi(b)
}

/** Whether two language tags name one language: `en` and `en-GB` do. */
export function sameLanguage(a: string, b: string): boolean {
  return a.toLowerCase().split('-')[0] === b.toLowerCase().split('-')[0]
}

// "CC-BY-4.0", "cc-by" and the address of the text, whatever is behind the version.
const CREATIVE_COMMONS =
  /\bcc[- ]?(by(?:-n[cd]|-sa)*|0|zero)\b|creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)/

/** Whether two licences are one, by whatever name or address: of Creative Commons without regard to the version. */
export function sameLicence(a: string, b: string): boolean {
  return licenceKey(a) === licenceKey(b)
}

function licenceKey(text: string): string {
  const plain = text.trim().toLowerCase()
  const [, name, address] = CREATIVE_COMMONS.exec(plain) ?? []
  const licence = name ?? address
  if (licence !== undefined) return licence === '0' ? 'zero' : licence
  return plain.replace(/^https?:\/\/(?:www\.)?/, '').replace(/[/#]+$/, '')
}

export function same(a: string, b: string): boolean {
  return a === b
}

import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'

/** An ISSN whose check digit holds: `0378-5955`, `2434-561X`. */
export type Issn = Branded<'Issn'>
/** An ISBN of 13 digits whose check digit holds; shorter ones are lengthened. */
export type Isbn = Branded<'Isbn'>

const HYPHENS = /[-‐‑–\s]/gu

/** The ISSN with its hyphen, or undefined when it is none or its check digit is wrong. */
export function parseIssn(raw: string): Issn | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutPrefix(withoutScheme(clean), ['portal.issn.org/resource/']), [
    'urn:issn:',
    'eissn',
    'issn',
  ])
  const digits = bare
    .replace(/^[:\s]{0,3}/, '')
    .replace(HYPHENS, '')
    .toUpperCase()
  if (!/^\d{7}[\dX]$/.test(digits) || weighted(digits, 8) % 11 !== 0) return undefined
  return `${digits.slice(0, 4)}-${digits.slice(4)}` as Issn
}

/** The ISBN as 13 digits, or undefined when it is none or its check digit is wrong. */
export function parseIsbn(raw: string): Isbn | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['urn:isbn:', 'isbn-13', 'isbn-10', 'isbn', 'id.crossref.org/isbn/'])
  const digits = bare
    .replace(/^[:\s]{0,3}/, '')
    .replace(HYPHENS, '')
    .toUpperCase()
  if (/^97[89]\d{10}$/.test(digits)) return check13(digits.slice(0, 12)) === digits[12] ? (digits as Isbn) : undefined
  if (!/^\d{9}[\dX]$/.test(digits) || weighted(digits, 10) % 11 !== 0) return undefined
  const body = `978${digits.slice(0, 9)}`
  return `${body}${check13(body)}` as Isbn
}

/** Sum of the digits, the first with the highest weight, X being ten. */
function weighted(digits: string, highest: number): number {
  return [...digits].reduce((sum, digit, at) => sum + (digit === 'X' ? 10 : Number(digit)) * (highest - at), 0)
}

function check13(body: string): string {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return String((10 - (sum % 10)) % 10)
}

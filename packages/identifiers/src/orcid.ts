import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'

/** An ORCID iD whose check digit holds: `0000-0002-1825-0097`. */
export type Orcid = Branded<'Orcid'>

const ORCID = /^(\d{4})[-‐‑–]?(\d{4})[-‐‑–]?(\d{4})[-‐‑–]?(\d{3}[\dX])$/u

/** The iD in its written form with hyphens and upper-case X, or undefined when it is none or its check digit is wrong. */
export function parseOrcid(raw: string): Orcid | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(withoutPrefix(clean, ['orcid:'])).trim(), ['orcid.org/', 'orcid:'])
  const found = ORCID.exec(bare.replace(/\/$/, '').trim().toUpperCase())
  if (!found) return undefined
  const digits = found.slice(1).join('')
  if (checkDigit(digits.slice(0, 15)) !== digits[15]) return undefined
  return found.slice(1).join('-') as Orcid
}

/** ISO 7064 MOD 11-2. */
function checkDigit(digits: string): string {
  let total = 0
  for (const digit of digits) total = ((total + Number(digit)) * 2) % 11
  const check = (12 - total) % 11
  return check === 10 ? 'X' : String(check)
}

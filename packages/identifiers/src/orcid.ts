import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'

/** An ORCID iD whose check digit holds: `0000-0002-1825-0097`. */
export type Orcid = Branded<'Orcid'>

const [HYPHEN, ZERO] = [0x2d, 0x30]
const ORCID = /^(\d{4})[-‐‑–]?(\d{4})[-‐‑–]?(\d{4})[-‐‑–]?(\d{3}[\dX])$/u

// As nearly all write it: the way below takes eight times as long, and a record has three of them.
const ORCID_URL = /^https:\/\/orcid\.org\/((?:\d{4}-){3}\d{3}[\dX])$/

/** The iD in its written form with hyphens and upper-case X, or undefined when it is none or its check digit is wrong. */
export function parseOrcid(raw: string): Orcid | undefined {
  const own = ORCID_URL.exec(raw)?.[1]
  if (own !== undefined) return checkDigitMod11(own.slice(0, -1)) === own.at(-1) ? (own as Orcid) : undefined
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(withoutPrefix(clean, ['orcid:'])).trim(), ['orcid.org/', 'orcid:'])
  const found = ORCID.exec(bare.replace(/\/$/, '').trim().toUpperCase())
  if (!found) return undefined
  const digits = found.slice(1).join('')
  if (checkDigitMod11(digits.slice(0, 15)) !== digits[15]) return undefined
  return found.slice(1).join('-') as Orcid
}

/** ISO 7064 MOD 11-2: the last character of an ORCID iD and of an ISNI. Hyphens do not count. */
export function checkDigitMod11(digits: string): string {
  let total = 0
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at)
    if (code !== HYPHEN) total = ((total + code - ZERO) * 2) % 11
  }
  const check = (12 - total) % 11
  return check === 10 ? 'X' : String(check)
}

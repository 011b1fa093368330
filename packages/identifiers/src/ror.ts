import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'

/** The nine characters of a ROR id whose check digits hold: `02gjn4306`. */
export type Ror = Branded<'Ror'>

const ROR = /^0[0-9a-hjkmnp-tv-z]{6}\d{2}$/
const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz'

// As nearly all write it.
const OWN = 'https://ror.org/'
const ROR_URL = /^https:\/\/ror\.org\/0[0-9a-hjkmnp-tv-z]{6}\d{2}$/

/** The id in lower case without its URL, or undefined when it is none or its check digits are wrong. */
export function parseRor(raw: string): Ror | undefined {
  const bare = ROR_URL.test(raw) ? raw.slice(OWN.length) : bareOf(raw)
  return bare !== undefined && checkDigits(bare.slice(0, 7)) === bare.slice(7) ? (bare as Ror) : undefined
}

function bareOf(raw: string): string | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['ror.org/', 'ror:']).replace(/\/$/, '').toLowerCase()
  return ROR.test(bare) ? bare : undefined
}

/** ISO 7064 MOD 97-10 over Crockford's base 32. */
function checkDigits(text: string): string {
  let number = 0
  for (const letter of text) number = number * 32 + BASE32.indexOf(letter)
  return String(98 - ((number * 100) % 97)).padStart(2, '0')
}

import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'
import { checkDigitMod11 } from './orcid.ts'

/** An ISNI whose check digit holds, without spaces: `0000000121032683`. */
export type Isni = Branded<'Isni'>
/** A PPN of IdRef or Sudoc whose check digit holds: `122796527`, `03327441X`. */
export type Ppn = Branded<'Ppn'>
/** A research structure in the French register RNSR: `200815499S`. */
export type Rnsr = Branded<'Rnsr'>
/** An organisation of GRID: `grid.4444.0`. */
export type GridId = Branded<'GridId'>
/** An item of Wikidata: `Q280413`. */
export type WikidataId = Branded<'WikidataId'>
/** A funder of the Funder Registry, without the prefix of its DOI: `501100001665`. */
export type FundrefId = Branded<'FundrefId'>
/** The national number of a French thesis: `2019LYSEM032`. */
export type Nnt = Branded<'Nnt'>

/** The ISNI as 16 characters, or undefined when it is none or its check digit is wrong. */
export function parseIsni(raw: string): Isni | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['isni.org/isni/', 'isni.org/', 'isni:', 'isni'])
  const digits = bare.replace(/[-\s]/gu, '').toUpperCase()
  if (!/^\d{15}[\dX]$/.test(digits)) return undefined
  return checkDigitMod11(digits.slice(0, 15)) === digits[15] ? (digits as Isni) : undefined
}

const PPN_PLACES = ['idref.fr/', 'sudoc.fr/', 'sudoc.abes.fr/', '(idref)', '(ppn)', 'idref:', 'ppn:', 'idref', 'ppn']

/** The PPN in upper case, or undefined when it is none or its check digit is wrong. */
export function parsePpn(raw: string): Ppn | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), PPN_PLACES)
    .trim()
    .replace(/\/(?:id)?$/i, '')
    .toUpperCase()
  if (!/^\d{8}[\dX]$/.test(bare)) return undefined
  const sum = [...bare.slice(0, 8)].reduce((total, digit, at) => total + Number(digit) * (9 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return (check === 10 ? 'X' : String(check)) === bare[8] ? (bare as Ppn) : undefined
}

/** The number of the structure with its letter in upper case, or undefined. */
export function parseRnsr(raw: string): Rnsr | undefined {
  const bare = cleanIdentifier(raw)?.toUpperCase()
  return bare !== undefined && /^\d{9}[A-Z]$/.test(bare) ? (bare as Rnsr) : undefined
}

/** The GRID id in lower case, or undefined. */
export function parseGridId(raw: string): GridId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['grid.ac/institutes/']).toLowerCase()
  return /^grid\.\d{1,7}\.[0-9a-f]{1,2}$/.test(bare) ? (bare as GridId) : undefined
}

/** The item's number with its letter, or undefined. */
export function parseWikidataId(raw: string): WikidataId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['wikidata.org/wiki/', 'wikidata.org/entity/', 'wikidata:'])
  return /^Q[1-9]\d{0,11}$/.test(bare.toUpperCase()) ? (bare.toUpperCase() as WikidataId) : undefined
}

const FUNDREF_PLACES = ['dx.doi.org/10.13039/', 'doi.org/10.13039/', '10.13039/', 'fundref:']

/** The funder's number, also out of its DOI, or undefined. */
export function parseFundrefId(raw: string): FundrefId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), FUNDREF_PLACES)
  return /^(?:501100|100)\d{6}$/.test(bare) ? (bare as FundrefId) : undefined
}

/** The thesis' number in upper case, or undefined. */
export function parseNnt(raw: string): Nnt | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['theses.fr/', 'nnt:', 'nnt']).toUpperCase()
  return /^(?:19|20)\d{2}[0-9A-Z]{4}[0-9A-Z]{4}$/.test(bare) ? (bare as Nnt) : undefined
}

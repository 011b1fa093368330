import { parseDoi, parseIsbn, parseIssn, parseOpenAlexId, parseOrcid, parsePmcid, parsePmid } from '@atlas/identifiers'

/** An identifier as OpenCitations writes it: `doi:10.1/x`, `omid:br/0601`. */
export interface Token {
  readonly scheme: string
  readonly value: string
}

const PARSERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  doi: parseDoi,
  pmid: parsePmid,
  pmcid: parsePmcid,
  isbn: parseIsbn,
  issn: parseIssn,
  openalex: parseOpenAlexId,
  orcid: parseOrcid,
}

/** The identifiers in a list parted by spaces, in normal form; what cannot be one is told to `odd`. */
export function tokensOf(text: string | undefined, odd: (token: string) => void = () => undefined): Token[] {
  return (text ?? '').split(/\s+/).flatMap((token) => {
    const at = token.indexOf(':')
    if (token === '') return []
    // The first versions wrote bare DOIs.
    const scheme = token.startsWith('10.') ? 'doi' : token.slice(0, Math.max(at, 0)).toLowerCase()
    const given = token.startsWith('10.') ? token : token.slice(at + 1)
    const parse = Object.hasOwn(PARSERS, scheme) ? PARSERS[scheme] : (value: string) => value
    const value = scheme === '' || given === '' ? undefined : parse?.(given)
    if (value === undefined) odd(token)
    return value === undefined ? [] : [{ scheme, value }]
  })
}

/** `Name [issn:… omid:…]` as the name and what stands in the brackets. */
export function named(text: string): { readonly name: string; readonly inside: string } {
  const whole = text.trim()
  const open = whole.endsWith(']') ? whole.lastIndexOf('[') : -1
  if (open === -1) return { name: whole, inside: '' }
  return { name: whole.slice(0, open).trimEnd(), inside: whole.slice(open + 1, -1) }
}

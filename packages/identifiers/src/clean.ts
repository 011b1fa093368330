/** Longer than any identifier met in 30 MB of real records (the longest DOI has 190 characters), and a bound on the work of a parser. */
const MAX_LENGTH = 2048

// Bidi controls, zero-width characters, soft hyphens: invisible, and pasted in with identifiers.
const INVISIBLE = /\p{Cf}/gu

/** The identifier without invisible characters and outer white space; undefined when it cannot be one. */
export function cleanIdentifier(raw: string): string | undefined {
  if (raw.length === 0 || raw.length > MAX_LENGTH) return undefined
  const clean = raw.replace(INVISIBLE, '').trim()
  return clean === '' ? undefined : clean
}

/** `text` without the first of the prefixes that it starts with, in any case. */
export function withoutPrefix(text: string, prefixes: readonly string[]): string {
  const lower = text.toLowerCase()
  const prefix = prefixes.find((candidate) => lower.startsWith(candidate))
  return prefix === undefined ? text : text.slice(prefix.length)
}

/** `text` without scheme and `www.`: `https://www.orcid.org/0` becomes `orcid.org/0`. */
export function withoutScheme(text: string): string {
  return withoutPrefix(withoutPrefix(text, ['https://', 'http://']), ['www.'])
}

/** Percent-decoded once; as it is when it is not valid percent-encoding. */
export function decodedOnce(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a literal percent sign: DOIs of the 1990s hold them
  }
}

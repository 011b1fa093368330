/** Longer than any identifier met in 30 MB of real records (the longest DOI has 190 characters), and a bound on the work of a parser. */
const MAX_LENGTH = 2048

// Bidi controls, zero-width characters, soft hyphens: invisible, and pasted in with identifiers.
const INVISIBLE = /\p{Cf}/gu
// Nearly all identifiers: there is nothing to strip.
const VISIBLE = /^[!-~]+$/

/** The identifier without invisible characters and outer white space; undefined when it cannot be one. */
export function cleanIdentifier(raw: string): string | undefined {
  if (raw.length === 0 || raw.length > MAX_LENGTH) return undefined
  if (VISIBLE.test(raw)) return raw
  const clean = raw.replace(INVISIBLE, '').trim()
  return clean === '' ? undefined : clean
}

/** `text` without the first of the prefixes that it starts with, in any case. */
export function withoutPrefix(text: string, prefixes: readonly string[]): string {
  for (const prefix of prefixes) if (startsWith(text, prefix)) return text.slice(prefix.length)
  return text
}

// Called ten times an identifier, and 30 identifiers a record: a copy in lower case is made only where it may matter.
function startsWith(text: string, prefix: string): boolean {
  if (text.startsWith(prefix)) return true
  const first = text.charCodeAt(0)
  if (first < 0x80 && (first | 0x20) !== (prefix.charCodeAt(0) | 0x20)) return false
  return text.slice(0, prefix.length).toLowerCase() === prefix
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

import type { Branded } from './brand.ts'
import { cleanIdentifier, decodedOnce, withoutPrefix, withoutScheme } from './clean.ts'

/** A DOI in lower case without any prefix: `10.1002/(sici)1097-4571(1999)50:1<1::aid-asi1>3.0.co;2-x`. */
export type Doi = Branded<'Doi'>

const HOSTS = ['dx.doi.org/', 'doi.org/', 'hdl.handle.net/']
const LABELS = ['info:doi/', 'info:hdl/', 'urn:doi:', 'doi://', 'doi:', 'doi ', 'doi/']
const DOI = /^10\.\d{4,9}(?:\.\d{1,9}){0,4}\/[^\s\p{Cc}]+$/u
const ENCODED_SLASH = /^10\.[\d.]{4,40}%2f/i

/** The DOI in whatever form it was written, or undefined when there is none. */
export function parseDoi(raw: string): Doi | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutForms(clean)
  if (bare === undefined) return undefined
  const doi = withoutTail(bare).toLowerCase()
  return DOI.test(doi) ? (doi as Doi) : undefined
}

/** Peels `https://doi.org/doi:10.1/x` down to `10.1/x`, decoding what was a URL once. */
function withoutForms(clean: string): string | undefined {
  const labelled = withoutPrefix(clean, LABELS).trimStart()
  const noScheme = withoutScheme(labelled)
  const path = withoutPrefix(noScheme, HOSTS)
  if (noScheme !== labelled && path === noScheme) return undefined // a URL of somebody else
  const isUrl = path !== noScheme
  const bare = withoutPrefix(path, LABELS).trimStart()
  if (!isUrl && !ENCODED_SLASH.test(bare)) return bare
  const decoded = decodedOnce(bare).trim()
  return decoded.endsWith('/') && isUrl ? decoded.slice(0, -1) : decoded
}

const PUNCTUATION = new Set(['.', ',', ';', ':', '"', "'", '”', '’', '»', '…', '*', '\\'])
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' }

const MAY_BE_TAIL = new Set([...PUNCTUATION, ...Object.keys(CLOSERS)])

/** Without the punctuation of the sentence it stood in; closing brackets go when nothing in the DOI opens them. */
function withoutTail(bare: string): string {
  let end = bare.length
  if (!MAY_BE_TAIL.has(bare.charAt(end - 1))) return bare
  const surplus = surplusClosers(bare)
  while (end > 0) {
    const last = bare[end - 1] ?? ''
    if (PUNCTUATION.has(last)) end -= 1
    else if ((surplus.get(last) ?? 0) > 0) {
      surplus.set(last, (surplus.get(last) ?? 0) - 1)
      end -= 1
    } else break
  }
  return bare.slice(0, end)
}

function surplusClosers(text: string): Map<string, number> {
  const surplus = new Map<string, number>()
  for (const [closer, opener] of Object.entries(CLOSERS)) {
    surplus.set(closer, text.split(closer).length - text.split(opener).length)
  }
  return surplus
}

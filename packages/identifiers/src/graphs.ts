import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'

/** A paper of Semantic Scholar: 40 hexadecimal digits. */
export type S2PaperId = Branded<'S2PaperId'>
/** A paper of Semantic Scholar by its number in the corpus, which its bulk data use: `13756489`. */
export type S2CorpusId = Branded<'S2CorpusId'>
/** An author of Semantic Scholar: `2262347`. */
export type S2AuthorId = Branded<'S2AuthorId'>
/** A record of literature of INSPIRE: `1459277`. */
export type InspireId = Branded<'InspireId'>

/** The paper's hash in lower case, also out of its address, or undefined. */
export function parseS2PaperId(raw: string): S2PaperId | undefined {
  const last = lastStep(raw, ['semanticscholar.org/paper/', 'api.semanticscholar.org/'])?.toLowerCase()
  return last !== undefined && /^[0-9a-f]{40}$/.test(last) ? (last as S2PaperId) : undefined
}

const CORPUS_PLACES = ['api.semanticscholar.org/corpusid:', 'semanticscholar.org/corpusid:', 'corpusid:']

/** The number in the corpus as digits; a bare number is none, for authors and PMIDs look the same. */
export function parseS2CorpusId(raw: string): S2CorpusId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const address = withoutScheme(clean)
  const bare = withoutPrefix(address, CORPUS_PLACES)
  return bare !== address && /^[1-9]\d{0,14}$/.test(bare) ? (bare as S2CorpusId) : undefined
}

/** The author's number, also out of the address of the page, or undefined. */
export function parseS2AuthorId(raw: string): S2AuthorId | undefined {
  const last = lastStep(raw, ['semanticscholar.org/author/', 'api.semanticscholar.org/'])
  return last !== undefined && /^[1-9]\d{0,14}$/.test(last) ? (last as S2AuthorId) : undefined
}

const INSPIRE_PLACES = [
  'inspirehep.net/api/literature/',
  'inspirehep.net/literature/',
  'inspirehep.net/record/',
  'inspire:',
]

/** The number of a record of literature, also out of its address, or undefined. */
export function parseInspireId(raw: string): InspireId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), INSPIRE_PLACES).replace(/\/$/, '')
  return /^[1-9]\d{0,14}$/.test(bare) ? (bare as InspireId) : undefined
}

/** What stands last in an address of the source (`/paper/Some-Title/6b85…`), or the text itself. */
function lastStep(raw: string, places: readonly string[]): string | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const address = withoutScheme(clean)
  const path = withoutPrefix(address, places)
  if (path === address) return path.includes('/') ? undefined : path
  const steps = path.replace(/[/?#]+$/, '')
  return steps.slice(steps.lastIndexOf('/') + 1)
}

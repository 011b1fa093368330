import {
  parseArxivId,
  parseCoreId,
  parseDoajId,
  parseDoi,
  parseEuropePmcId,
  parseHalId,
  parseInspireId,
  parseIsbn,
  parseNnt,
  parseOpenAlexId,
  parsePerseeId,
  parsePmcid,
  parsePmid,
  parseS2CorpusId,
  parseS2PaperId,
  parseWikidataId,
  parseZenodoId,
} from '@atlas/identifiers'
import { baseDoi } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import { findWorksByIdentifier, type Sought } from './store/work-identifiers.ts'

const PARSERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  doi: parseDoi,
  arxiv: (text) => parseArxivId(text)?.id,
  pmid: parsePmid,
  pmcid: parsePmcid,
  hal: (text) => parseHalId(text)?.id,
  openalex: parseOpenAlexId,
  isbn: parseIsbn,
  nnt: parseNnt,
  europepmc: parseEuropePmcId,
  s2: parseS2PaperId,
  s2_corpus: parseS2CorpusId,
  inspire: parseInspireId,
  doaj: parseDoajId,
  core: parseCoreId,
  zenodo: parseZenodoId,
  persee: parsePerseeId,
  wikidata: parseWikidataId,
}
// Numbers of these are told from a PMID by an address or a prefix only.
const NUMBERED: ReadonlySet<string> = new Set(['nnt', 'inspire', 'core', 'zenodo'])

/**
 * What a text may identify a work by, in the schemes' normal forms: with a scheme that one, without each whose parser
 * accepts it. A DOI of arXiv is looked for as its arXiv id, too.
 */
export function soughtBy(text: string, scheme: string | null): readonly Sought[] {
  const clean = text.trim()
  if (scheme !== null && scheme !== 'doi') {
    const parse = PARSERS[scheme]
    const value = parse === undefined ? clean : parse(clean)
    return value === undefined || value === '' ? [] : [{ scheme, value }]
  }
  const schemes = scheme === 'doi' ? ['doi', 'arxiv'] : Object.keys(PARSERS)
  const isNumber = /^\d+$/.test(clean)
  const parsed = schemes.flatMap((name): Sought[] => {
    if (isNumber && NUMBERED.has(name)) return []
    const value = PARSERS[name]?.(clean)
    return value === undefined ? [] : [{ scheme: name, value }]
  })
  if (parsed.length > 0) return scheme === 'doi' && parsed[0]?.scheme !== 'doi' ? [] : parsed
  const named = /^([a-z][a-z0-9_-]{1,30}):(?!\/\/)(.+)$/is.exec(clean)
  if (named?.[1] && named[2]) return [{ scheme: named[1].toLowerCase(), value: named[2].trim() }]
  return scheme === null && /^https?:\/\//i.test(clean) ? [{ scheme: 'url', value: clean }] : []
}

/** The live works that an identifier leads to; `exact` is false for another version of the DOI that was asked for. */
export async function resolveWorks(db: Queryable, sought: readonly Sought[]) {
  const isAsked = new Set(sought.map(({ scheme, value }) => `${scheme}:${value}`))
  const bases = sought.flatMap(({ scheme, value }) => (scheme === 'doi' ? [baseDoi(value)] : []))
  const withBases = [...sought, ...bases.map((value) => ({ scheme: 'doi', value }))]
  const found = await findWorksByIdentifier(db, withBases, bases)
  const works = found.map(({ base: _, ...work }) => ({ ...work, exact: isAsked.has(`${work.scheme}:${work.value}`) }))
  return { sought, works: works.toSorted((a, b) => Number(b.exact) - Number(a.exact)) }
}

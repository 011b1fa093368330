import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'

/** An arXiv id without its version: `1707.08567`, `hep-th/9901001`. */
export type ArxivId = Branded<'ArxivId'>
/** A PubMed id: digits without leading zeros. */
export type Pmid = Branded<'Pmid'>
/** A PubMed Central id with its letters: `PMC3531190`. */
export type Pmcid = Branded<'Pmcid'>
/** A HAL id without its version: `hal-01246266`, `tel-00000001`. */
export type HalId = Branded<'HalId'>
/** An OpenAlex id of any kind: `W2023271753`, `A5063410350`. */
export type OpenAlexId = Branded<'OpenAlexId'>

/** An id and the version that was named with it. */
export interface Versioned<Id extends string> {
  readonly id: Id
  readonly version?: number
}

const ARXIV_NEW = /^(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(?:v(\d{1,3}))?$/
const ARXIV_OLD = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?\/(\d{2})(0[1-9]|1[0-2])(\d{3})(?:v(\d{1,3}))?$/
const ARXIV_PLACES = [
  'arxiv.org/',
  'export.arxiv.org/',
  'doi.org/10.48550/',
  '10.48550/',
  'oai:arxiv.org:',
  'arxiv:',
  'arxiv.',
  'arxiv ',
]
const ARXIV_PATHS = ['abs/', 'pdf/', 'html/', 'arxiv.', 'arxiv:']

/** The arXiv id, new or old style, in any of its written forms. The subject class of an old id is not part of it. */
export function parseArxivId(raw: string): Versioned<ArxivId> | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const path = withoutPrefix(withoutScheme(clean), ARXIV_PLACES).trimStart()
  const bare = withoutPrefix(path, ARXIV_PATHS)
    .replace(/\.pdf$/i, '')
    .toLowerCase()
  const fresh = ARXIV_NEW.exec(bare)
  if (fresh) return versioned<ArxivId>(bare.replace(/v\d+$/, ''), fresh[4])
  const old = ARXIV_OLD.exec(bare)
  return old ? versioned<ArxivId>(`${old[1]}/${old[2]}${old[3]}${old[4]}`, old[5]) : undefined
}

const PMID_PLACES = ['pubmed.ncbi.nlm.nih.gov/', 'ncbi.nlm.nih.gov/pubmed/', 'info:pmid/', 'pmid:', 'pmid', 'med:']

/** The PubMed id as digits, or undefined. */
export function parsePmid(raw: string): Pmid | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), PMID_PLACES).trim().replace(/\/$/, '').replace(/^0+/, '')
  return /^\d{1,9}$/.test(bare) ? (bare as Pmid) : undefined
}

const PMCID_PLACES = [
  'ncbi.nlm.nih.gov/pmc/articles/',
  'pmc.ncbi.nlm.nih.gov/articles/',
  'europepmc.org/articles/',
  'pmcid:',
]

/** The PubMed Central id with its letters and without its version, or undefined. */
export function parsePmcid(raw: string): Pmcid | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), PMCID_PLACES).trim().replace(/\/$/, '').toUpperCase()
  const found = /^(?:PMC)?0*([1-9]\d{0,8})(?:\.\d{1,2})?$/.exec(bare)
  return found && (bare.startsWith('PMC') || bare !== clean.toUpperCase()) ? (`PMC${found[1]}` as Pmcid) : undefined
}

const HAL = /^([a-z][a-z0-9_]*(?:-[a-z0-9_]+)?-\d{6,8})(?:v(\d{1,3}))?$/
const HAL_HOST = /^[a-z0-9.-]{0,80}(?:hal\.science|archives-ouvertes\.fr|hal\.inrae\.fr|inria\.fr|ccsd\.cnrs\.fr)\//
const HAL_OAI = /^oai:[a-z0-9.-]{1,80}:/

/** The HAL id of a deposit in any of its written forms. */
export function parseHalId(raw: string): Versioned<HalId> | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const lower = withoutScheme(clean).toLowerCase()
  const bare = withoutPrefix(lower.replace(HAL_OAI, '').replace(HAL_HOST, ''), ['hal:']).replace(/\/$/, '').trim()
  const found = HAL.exec(bare)
  return found ? versioned<HalId>(found[1] ?? '', found[2]) : undefined
}

// As OpenAlex writes them itself: 30 a record.
const OPENALEX = 'https://openalex.org/'
const OPENALEX_URL = /^https:\/\/openalex\.org\/[WASIPFTCVGK][1-9]\d{0,14}$/

/** The OpenAlex id with its letter in upper case, or undefined. */
export function parseOpenAlexId(raw: string): OpenAlexId | undefined {
  if (OPENALEX_URL.test(raw)) return raw.slice(OPENALEX.length) as OpenAlexId
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const path = withoutPrefix(withoutScheme(clean), ['openalex.org/', 'api.openalex.org/', 'openalex:'])
  const bare = path.slice(path.lastIndexOf('/') + 1).toUpperCase()
  return /^[WASIPFTCVGK][1-9]\d{0,14}$/.test(bare) ? (bare as OpenAlexId) : undefined
}

function versioned<Id extends string>(id: string, version: string | undefined): Versioned<Id> {
  return version === undefined ? { id: id as Id } : { id: id as Id, version: Number(version) }
}

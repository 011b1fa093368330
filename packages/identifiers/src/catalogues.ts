import type { Branded } from './brand.ts'
import { cleanIdentifier, withoutPrefix, withoutScheme } from './clean.ts'

/** A record of Europe PMC: where it comes from and its id there, `MED:40356016`, `PMC:PMC3234553`, `PPR:PPR1031772`. */
export type EuropePmcId = Branded<'EuropePmcId'>
/** An output of CORE (`248652234`), or a work that it made of several outputs (`work:8848131`). */
export type CoreId = Branded<'CoreId'>
/** An article of DOAJ: 32 hexadecimal digits. */
export type DoajId = Branded<'DoajId'>
/** A record of Zenodo: digits. */
export type ZenodoId = Branded<'ZenodoId'>
/** A document of Persée: `abc_0000-0019_1998_num_42_1_2826`. */
export type PerseeId = Branded<'PerseeId'>

const EUROPE_PMC_PLACES = ['europepmc.org/article/', 'europepmc.org/abstract/']

/** Source and id in upper case; what begins with PMC or PPR tells its source, bare digits do not. */
export function parseEuropePmcId(raw: string): EuropePmcId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), [...EUROPE_PMC_PLACES, 'europepmc.org/articles/'])
    .replace(/\/$/, '')
    .replace('/', ':')
    .toUpperCase()
  const named = /^(PMC|PPR)[1-9]\d{0,11}$/.exec(bare)
  if (named) return `${named[1]}:${bare}` as EuropePmcId
  return /^[A-Z]{3}:[A-Z0-9]{1,30}$/.test(bare) ? (bare as EuropePmcId) : undefined
}

/** The output's number, or `work:` and the work's, also out of their addresses. */
export function parseCoreId(raw: string): CoreId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const path = withoutPrefix(withoutScheme(clean), [
    'core.ac.uk/',
    'api.core.ac.uk/v3/',
    'api.core.ac.uk/',
    'oai:core.ac.uk:',
  ])
  const found = /^(?:(works\/|work:)|outputs\/|display\/|download\/(?:pdf\/)?)?([1-9]\d{0,14})(?:\.pdf)?\/?$/.exec(path)
  return found ? ((found[1] === undefined ? found[2] : `work:${found[2]}`) as CoreId) : undefined
}

/** The article's hash in lower case, or undefined. */
export function parseDoajId(raw: string): DoajId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['doaj.org/article/', 'oai:doaj.org/article:', 'oai:doaj.org:'])
  return /^[0-9a-f]{32}$/i.test(bare) ? (bare.toLowerCase() as DoajId) : undefined
}

const ZENODO_PLACES = [
  ...['zenodo.org/records/', 'zenodo.org/record/', 'zenodo.org/api/records/', 'oai:zenodo.org:'],
  ...['dx.doi.org/10.5281/zenodo.', 'doi.org/10.5281/zenodo.', '10.5281/zenodo.'],
]

/** The record's number, also out of its DOI, or undefined. */
export function parseZenodoId(raw: string): ZenodoId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ZENODO_PLACES).replace(/\/$/, '')
  return /^[1-9]\d{0,14}$/.test(bare) ? (bare as ZenodoId) : undefined
}

/** The document's name, out of its address or not, or undefined. */
export function parsePerseeId(raw: string): PerseeId | undefined {
  const clean = cleanIdentifier(raw)
  if (clean === undefined) return undefined
  const bare = withoutPrefix(withoutScheme(clean), ['data.persee.fr/doc/', 'persee.fr/doc/'])
    .replace(/#.*$/s, '')
    .replace(/\/$/, '')
  return /^[a-z0-9]{1,20}_[0-9x-]{4,20}(?:_[a-z0-9.-]{1,40}){1,12}$/i.test(bare) ? (bare as PerseeId) : undefined
}

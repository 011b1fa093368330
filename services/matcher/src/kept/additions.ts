import { foldText } from '@atlas/identifiers'
import { choose, sameLicence, speakers, type WorkRole } from '@atlas/linkage'
import type { RecordFunder, Work, WorkFieldSource, WorkFunder, WorkOpenAccessLocation } from '@atlas/schemas'
import type { StoredRecord } from '../record.ts'
import { type Adds, identifierOf, isLinkable, keyOf } from './kept-record.ts'
import { MAX_AWARDS, MAX_FUNDERS, MAX_LOCATIONS, type SaidBeside } from './said-beside.ts'

/** What is published of a work beside its description. `fieldSources` come after those of the description. */
export type WorkAdditions = Pick<
  Work,
  | 'openAccess'
  | 'openAccessLocations'
  | 'licence'
  | 'funders'
  | 'referenceCount'
  | 'references'
  | 'citedByCount'
  | 'citedBy'
  | 'enrichments'
  | 'fieldSources'
> & {
  /** An enrichment of the work itself says that it was retracted. */
  readonly saysRetracted: boolean
}

export const NO_ADDITIONS: WorkAdditions = {
  openAccess: null,
  openAccessLocations: [],
  licence: null,
  funders: [],
  referenceCount: null,
  references: [],
  citedByCount: null,
  citedBy: [],
  enrichments: [],
  fieldSources: [],
  saysRetracted: false,
}

/** Works at the other end of links: how many, and the first of them in order of their keys. */
export interface Links {
  readonly count: number
  readonly keys: readonly string[]
}

export interface Enrichment {
  readonly recordId: string
  readonly about: string
  readonly adds: Adds
}

/** All that is kept about the identifiers of one work. */
export interface KeptOfWork {
  readonly enrichments: readonly Enrichment[]
  readonly references: Links
  readonly citedBy: Links
}

const NO_LINKS: Links = { count: 0, keys: [] }
export const NOTHING_KEPT: KeptOfWork = { enrichments: [], references: NO_LINKS, citedBy: NO_LINKS }

/** Links of a work that are published: 1,000 identifiers are 40 kB of a message that may have 8 MiB. */
export const MAX_LINKS = 1_000
/** Enrichments that a work takes up, the smallest ids first. */
export const MAX_ENRICHMENTS = 50

export interface AddingMember {
  readonly record: StoredRecord
  readonly role: WorkRole
}

interface Sayer {
  readonly record: SaidBeside & { readonly recordId: string; readonly source: string; readonly type: string }
  readonly role: WorkRole
}

/**
 * What members and what is kept about their identifiers add to the description of a work: a pure function of both, in any
 * order. An enrichment speaks as a copy of the members whose identifier it is about; a link adds to the counts alone.
 */
export function additionsOf(members: readonly AddingMember[], kept: KeptOfWork): WorkAdditions {
  const enrichments = kept.enrichments.toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1)).slice(0, MAX_ENRICHMENTS)
  const all: readonly Sayer[] = [...members, ...enrichments.map((one) => sayerOf(one, members))]
  const access = ({ openAccess }: Sayer['record']) => openAccess
  // Of a repository `closed` says that it has no open text itself: whoever knows of one goes before.
  const openAccess =
    choose('openAccess', all, access, same, (status) => status !== 'closed') ?? choose('openAccess', all, access, same)
  const licence = choose('licence', all, (record) => record.licence ?? null, sameLicence)
  const references = counted('referenceCount', all, (record) => record.referenceCount, kept.references)
  const citedBy = counted('citedByCount', all, (record) => record.citedByCount, kept.citedBy)
  return {
    openAccess: openAccess?.value ?? null,
    openAccessLocations: locationsOf(all),
    licence: licence?.value ?? null,
    funders: fundersOf(all),
    referenceCount: references.count,
    references: kept.references.keys.map(identifierOf),
    citedByCount: citedBy.count,
    citedBy: kept.citedBy.keys.map(identifierOf),
    enrichments: enrichments.map(({ recordId, adds: { source, sourceId } }) => ({ recordId, source, sourceId })),
    saysRetracted: enrichments.some((one) => one.adds.retracted === true && isOfWork(one, members)),
    fieldSources: [openAccess?.source, licence?.source, references.source, citedBy.source].filter(
      (source) => source !== undefined,
    ),
  }
}

const SPEAKING: ReadonlySet<WorkRole> = new Set(['primary', 'duplicate', 'version'])

/** The identifiers under which something kept adds to the work: its members' own, but for those of parts and notices. */
export function ownKeys(members: readonly AddingMember[]): readonly string[] {
  const keys = members.flatMap(({ record, role }) => (SPEAKING.has(role) ? keysOfRecord(record) : []))
  return [...new Set(keys)].sort()
}

function keysOfRecord({ identifiers }: StoredRecord): readonly string[] {
  return identifiers.filter((one) => one.relation === 'self' && isLinkable(one)).map(keyOf)
}

function sayerOf({ recordId, about, adds }: Enrichment, members: readonly AddingMember[]): Sayer {
  const { sourceId: _, ...said } = adds
  return { record: { ...said, recordId, type: 'other' }, role: isOfWork({ about }, members) ? 'duplicate' : 'version' }
}

/** Not of another version of it: a withdrawn preprint has an article. */
function isOfWork({ about }: Pick<Enrichment, 'about'>, members: readonly AddingMember[]): boolean {
  return members.some(
    ({ record, role }) => (role === 'primary' || role === 'duplicate') && keysOfRecord(record).includes(about),
  )
}

/** The most that somebody counts, or the links that are known where they are more. */
function counted(
  field: string,
  all: readonly Sayer[],
  read: (record: Sayer['record']) => number | undefined,
  links: Links,
): { readonly count: number | null; readonly source: WorkFieldSource | undefined } {
  const said = speakers('title', all).flatMap(({ record }) => {
    const count = read(record)
    return count === undefined ? [] : [{ record, count }]
  })
  const most = said.reduce((most, { count }) => Math.max(most, count), -1)
  const first = said.find(({ count }) => count === most)
  if (first === undefined || links.count > most)
    return { count: links.count > 0 ? links.count : null, source: undefined }
  const agreeing = new Set(said.filter(({ count }) => count === most).map(({ record }) => record.source)).size
  return { count: most, source: { field, recordId: first.record.recordId, confidence: null, agreeing } }
}

/** Each place once, in the order in which sources speak for open access, the preferred one first. */
function locationsOf(all: readonly Sayer[]): readonly WorkOpenAccessLocation[] {
  const found = new Map<string, WorkOpenAccessLocation>()
  let best: string | undefined
  for (const { record } of speakers('openAccess', all))
    for (const location of record.openAccessLocations ?? []) {
      const key = placeOf(location.url)
      const known = found.get(key)
      if (location.best) best ??= key
      found.set(key, {
        url: known?.url ?? location.url,
        pdfUrl: known?.pdfUrl ?? location.pdfUrl,
        host: known?.host ?? location.host,
        version: known?.version ?? location.version,
        licence: known?.licence ?? location.licence,
        best: false,
        recordIds: [...new Set([...(known?.recordIds ?? []), record.recordId])],
      })
    }
  const preferred = best === undefined ? undefined : found.get(best)
  const others = [...found.entries()].filter(([key]) => key !== best).map(([, location]) => location)
  return [...(preferred ? [{ ...preferred, best: true }] : []), ...others].slice(0, MAX_LOCATIONS)
}

function placeOf(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/+$/, '')
}

/** Each funder once: two entries are one that share an identifier or a name but for case and accents. */
function fundersOf(all: readonly Sayer[]): readonly WorkFunder[] {
  const found: { readonly marks: Set<string>; funder: WorkFunder }[] = []
  for (const { record } of speakers('title', all))
    for (const funder of record.funders ?? []) {
      const marks = marksOf(funder)
      const known = found.find((one) => marks.some((mark) => one.marks.has(mark)))
      if (known === undefined)
        found.push({ marks: new Set(marks), funder: { ...funder, recordIds: [record.recordId] } })
      else {
        for (const mark of marks) known.marks.add(mark)
        known.funder = joined(known.funder, funder, record.recordId)
      }
    }
  return found.map(({ funder }) => funder).slice(0, MAX_FUNDERS)
}

function marksOf({ name, identifiers }: RecordFunder): readonly string[] {
  const folded = foldText(name ?? '')
  return [...identifiers.map(keyOf), ...(folded === '' ? [] : [`name ${folded}`])]
}

function joined(known: WorkFunder, other: RecordFunder, recordId: string): WorkFunder {
  const identifiers = new Map([...known.identifiers, ...other.identifiers].map((one) => [keyOf(one), one]))
  return {
    name: known.name ?? other.name,
    identifiers: [...identifiers.values()],
    awards: [...new Set([...known.awards, ...other.awards])].slice(0, MAX_AWARDS),
    recordIds: [...new Set([...known.recordIds, recordId])],
  }
}

function same(a: string, b: string): boolean {
  return a === b
}

import { identifierKeysOf, WORK_SCHEMES } from '@atlas/linkage'
import type { RecordIdentifier, RecordSnapshot } from '@atlas/schemas'
import { contentKeyOf, isTakenBack } from '../record.ts'
import { type SaidBeside, saidBeside } from './said-beside.ts'

/** What an enrichment adds, and who says so. */
export interface Adds extends SaidBeside {
  readonly source: string
  readonly sourceId: string
  /** The work was retracted. */
  readonly retracted?: true
}

/** A record that describes no work, as it is kept. */
export interface KeptRecord {
  readonly recordId: string
  readonly kind: string
  readonly version: number
  readonly contentKey: string
  readonly live: boolean
  /** The work that is added to, of a link the citing one: `doi:10.5555/1`. */
  readonly about: string | null
  /** Of a link the cited one. */
  readonly cites: string | null
  readonly adds: Adds | null
}

/** What is kept of a record of another kind. Nothing of a person or an organisation: who they are is others' affair. */
export function keptRecordOf(record: RecordSnapshot): KeptRecord {
  const { recordId, kind, version, source, sourceId } = record
  const nothing = { about: null, cites: null, adds: null }
  return {
    recordId,
    kind,
    version,
    contentKey: contentKeyOf(record),
    live: !isTakenBack(record) && !record.suppressed,
    ...nothing,
    ...(kind === 'citation' ? endsOf(record) : {}),
    ...(kind === 'enrichment'
      ? {
          about: bestKey(record.identifiers, ['self']),
          adds: { source, sourceId, ...saidBeside(record), ...(record.retracted ? { retracted: true } : {}) },
        }
      : {}),
  }
}

function endsOf({ identifiers, references }: RecordSnapshot): Pick<KeptRecord, 'about' | 'cites'> {
  const listed = references.flatMap(({ scheme, value }) =>
    scheme === null || value === null ? [] : [{ scheme, value, relation: 'cited' }],
  )
  return {
    about: bestKey(identifiers, ['citing', 'self']),
    cites: bestKey([...identifiers, ...listed], ['cited', 'cites']),
  }
}

// Sources that name a work in several ways nearly always name its DOI.
const BEST_FIRST = [...WORK_SCHEMES.keys()]
// As long as a value in the table of identifiers.
const MAX_VALUE = 500

/** One identifier under which works are found, the best known scheme first; null where there is none. */
function bestKey(identifiers: readonly RecordIdentifier[], relations: readonly string[]): string | null {
  const usable = identifiers.filter(
    ({ scheme, value, relation }) =>
      relations.includes(relation) && BEST_FIRST.includes(scheme) && value.length <= MAX_VALUE,
  )
  const [best] = usable.toSorted(
    (a, b) =>
      BEST_FIRST.indexOf(a.scheme) - BEST_FIRST.indexOf(b.scheme) ||
      (a.value < b.value ? -1 : a.value > b.value ? 1 : 0),
  )
  return best === undefined ? null : keyOf(best)
}

/** `doi:10.5555/1`: how what is kept names a work. */
export function keyOf({ scheme, value }: { readonly scheme: string; readonly value: string }): string {
  return `${scheme}:${value}`
}

export function identifierOf(key: string): { readonly scheme: string; readonly value: string } {
  const end = key.indexOf(':')
  return { scheme: key.slice(0, end), value: key.slice(end + 1) }
}

/** Keys of records under which a work with this identifier may appear: both sides lock them. */
export function lockKeysOf(key: string): readonly string[] {
  return identifierKeysOf(identifierOf(key))
}

/** Whether works are found under an identifier of a record, as far as what is kept is concerned. */
export function isLinkable({ scheme, value }: { readonly scheme: string; readonly value: string }): boolean {
  return BEST_FIRST.includes(scheme) && value.length <= MAX_VALUE
}

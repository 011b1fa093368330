import {
  type RecordAffiliation,
  type RecordVenue,
  recordAffiliationDefaults,
  recordAuthorDefaults,
  recordDefaults,
  recordVenueDefaults,
} from '@atlas/schemas'
import type { Normalised, NormalisedAuthor } from './adapter.ts'

type Read = Omit<Normalised, 'warnings' | 'title'>

const {
  title: _title,
  warnings: _warnings,
  suppressed: _suppressed,
  changed: _changed,
  ...NOTHING_KNOWN
} = recordDefaults
const { aliases: _aliases, ambiguousAlias: _ambiguous, ...NOBODY_KNOWN } = recordAuthorDefaults

/** A record of which nothing is known but its id. */
export function blankRecord(source: string, sourceId: string): Read {
  return { ...NOTHING_KNOWN, source, sourceId }
}

/** An author entry of which nothing is known but its place. */
export function blankAuthor(position: number): NormalisedAuthor {
  return { ...NOBODY_KNOWN, position, name: '' }
}

/** An affiliation as its source names it, and what else is known of it. */
export function affiliationNamed(
  name: string,
  known: Partial<Omit<RecordAffiliation, 'name'>> = recordAffiliationDefaults,
): RecordAffiliation {
  return { ...recordAffiliationDefaults, ...known, name }
}

/** A venue of what is known; null when nothing is. */
export function venueOf(known: { readonly [K in keyof RecordVenue]?: RecordVenue[K] | undefined }): RecordVenue | null {
  const venue: Writable<RecordVenue> = { ...recordVenueDefaults }
  let empty = true
  for (const key of Object.keys(known) as (keyof RecordVenue)[]) {
    const value = known[key]
    if (value === undefined || value === null) continue
    put(venue, key, value)
    if (key !== 'type' && !(Array.isArray(value) && value.length === 0)) empty = false
  }
  return empty ? null : venue
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

function put<T, K extends keyof T>(into: T, key: K, value: T[K]): void {
  into[key] = value
}

/** First and last page of `514-20`, `pp.103-120`, `e1023`. */
export function pagesOf(text: string | undefined): { firstPage: string | null; lastPage: string | null } {
  const bare = text?.trim().replace(/^(?:pp?\.?|pages?)\s{0,3}/i, '') ?? ''
  const found = /^([^\s,;-]{1,20})\s{0,2}[-–]{1,2}\s{0,2}([^\s,;-]{1,20})$/u.exec(bare)
  if (found) return { firstPage: found[1] ?? null, lastPage: found[2] ?? null }
  return { firstPage: bare === '' ? null : bare.slice(0, 100), lastPage: null }
}

const GROUP = /\b(?:collaborations?|consortium|consortia|study group|working group)\b/i
const FOR_A_GROUP = /\b(?:for|on behalf of|pour)\b/i

/** A name that is a group's. "X for the CMS Collaboration" is X. */
export function isGroupName(name: string): boolean {
  return GROUP.test(name) && !FOR_A_GROUP.test(name)
}

/** Given and family name in display order. */
export function displayName(
  given: string | undefined,
  family: string | undefined,
  suffix?: string | undefined,
): string {
  return [given, family, suffix].filter((part) => part !== undefined && part !== '').join(' ')
}

import type { WorldRecord } from '@atlas/testing/world'
import { madeWork } from './made-work.ts'

type Json = Record<string, unknown>

interface Authorship extends Json {
  readonly institutions: readonly { readonly id: string; readonly country_code: string }[]
  readonly raw_affiliation_strings: readonly string[]
}

/**
 * A record of a made-up world with everything else that a work of OpenAlex carries, references, abstract, topics and
 * counts, about 8 kB: what it says of the work itself and of its authors stays the world's.
 */
export function asWholeWork(record: WorldRecord): WorldRecord {
  const around = JSON.parse(madeWork('around a world', record.publication)) as Json
  const work = JSON.parse(record.line) as Json & { readonly authorships: readonly Authorship[] }
  const topics = around['topics'] as readonly Json[]
  const whole = {
    ...around,
    // The places of the other work would make these two one.
    locations: [],
    ...work,
    authorships: work.authorships.map(wholeAuthorship),
    topics: [...((work['topics'] as readonly Json[] | undefined) ?? []), ...topics],
  }
  return { ...record, line: JSON.stringify(whole) }
}

/** With what the API derives from an affiliation and its institutions. */
function wholeAuthorship({ institutions, raw_affiliation_strings: raw, ...rest }: Authorship) {
  const ids = institutions.map(({ id }) => id)
  return {
    ...rest,
    institutions,
    countries: [...new Set(institutions.map(({ country_code: code }) => code))],
    raw_affiliation_strings: raw,
    affiliations: raw.map((text) => ({ raw_affiliation_string: text, institution_ids: ids })),
  }
}

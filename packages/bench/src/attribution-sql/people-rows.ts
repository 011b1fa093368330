import { type AttributedProfile, type AttributedSlot, prepareName } from '@atlas/linkage'
import { nameColumns, nameRow } from './name-rows.ts'
import type { Columns } from './tables.ts'

/** A number for each text, the same for the same text: SQL joins numbers faster. */
export type Numbers = (text: string) => number

export function numbers(): Numbers {
  const known = new Map<string, number>()
  return (text) => {
    const number = known.get(text) ?? known.size + 1
    known.set(text, number)
    return number
  }
}

const NUMBERS = 'integer[]'
const AFFILIATION_COLUMNS = { rors: NUMBERS, places: NUMBERS, place_words: 'integer[][]' } as const

/** One row a slot, lists within; what is joined row by row is unnested from it. */
export const SLOT_COLUMNS: Columns = {
  slot: 'integer',
  names: `struct(${structOf(nameColumns('a'))})[]`,
  rarest_family: 'double',
  others: 'integer',
  byline: 'struct(name integer, initials integer, bits double)[]',
  terms: 'integer',
  words: 'struct(term integer, slot_weight double)[]',
  venue: 'integer',
  venue_bits: 'double',
  year: 'integer',
  ...AFFILIATION_COLUMNS,
  orcids: NUMBERS,
  ids: NUMBERS,
  schemes: NUMBERS,
  emails: NUMBERS,
  mentions: NUMBERS,
  work: 'integer',
  name_keys: NUMBERS,
  beside: NUMBERS,
  cites: NUMBERS,
  cited_as: NUMBERS,
  language: 'varchar',
  funders: NUMBERS,
  awards: NUMBERS,
}

export const PROFILE_COLUMNS: Columns = {
  profile: 'integer',
  names: `struct(${structOf(nameColumns('b'))})[]`,
  confirmed_works: 'integer',
  known: 'integer',
  known_names: NUMBERS,
  known_times: NUMBERS,
  known_initials: NUMBERS,
  abbreviated: NUMBERS,
  longest: 'integer',
  words: 'struct(term integer, "work" integer, weight double, field_weight double)[]',
  venues: NUMBERS,
  years: NUMBERS,
  ...AFFILIATION_COLUMNS,
  orcids: NUMBERS,
  proved_orcids: NUMBERS,
  ids_mine: NUMBERS,
  ids_partly_mine: NUMBERS,
  ids_not_mine: NUMBERS,
  schemes: NUMBERS,
  emails: NUMBERS,
  works: NUMBERS,
  confirmed_mentions: NUMBERS,
  confirmed_ids: NUMBERS,
  confirmed_rors: NUMBERS,
  confirmed_names: NUMBERS,
  rejected_mentions: NUMBERS,
  rejected_ids: NUMBERS,
  rejected_rors: NUMBERS,
  rejected_names: NUMBERS,
  others_coauthors: NUMBERS,
  cited: NUMBERS,
  cited_times: NUMBERS,
  own: NUMBERS,
  own_works: NUMBERS,
  languages: 'varchar[]',
  funders: NUMBERS,
  awards: NUMBERS,
}

export function slotRow(slot: AttributedSlot, at: number, no: Numbers): object {
  const { work, place } = slot
  const others = work.byline.filter((_, position) => position !== place)
  const schemes = new Set([...slot.ids].map((id) => id.slice(0, id.indexOf(':'))))
  return {
    slot: at,
    names: slot.names.map((name) => nameRow(name, 'a')),
    rarest_family: slot.names.length === 0 ? null : Math.max(...slot.names.map(({ familyBits }) => familyBits)),
    others: others.length,
    byline: others.map(({ full, initials, name }) => ({
      name: full === '' ? null : no(full),
      initials: no(initials),
      bits: prepareName(name).bits,
    })),
    terms: work.terms.terms.length,
    words: work.terms.terms.map((term, i) => ({ term: no(`${term}`), slot_weight: work.terms.weights[i] })),
    venue: work.venue === '' ? null : no(work.venue),
    venue_bits: work.venueBits,
    year: work.year,
    ...affiliationRow(slot.affiliations, no),
    orcids: slot.slot.orcids.map(no),
    ids: [...slot.ids].map(no),
    schemes: [...schemes].map(no),
    emails: slot.emails.map(no),
    mentions: slot.slot.mentionKeys.map(no),
    work: no(work.workId),
    name_keys: slot.nameKeys.map(no),
    beside: others.flatMap(({ full }) => (full === '' ? [] : [no(full)])),
    cites: work.cites.map((key) => no(`cited ${key}`)),
    cited_as: work.citedAs.map((key) => no(`cited ${key}`)),
    language: work.language,
    funders: work.funders.map(no),
    awards: work.awards.map(no),
  }
}

export function profileRow(profile: AttributedProfile, at: number, no: Numbers): object {
  const listed = (texts: Iterable<string>) => [...texts].map(no)
  const owned = (ownership: string) => listed([...profile.ids].flatMap(([id, one]) => (one === ownership ? [id] : [])))
  const { confirmed, rejected, circumstances } = profile
  return {
    profile: at,
    names: profile.names.map((name) => nameRow(name, 'b')),
    confirmed_works: profile.works.length,
    known: profile.initials.size,
    known_names: listed(profile.coauthors.keys()),
    known_times: [...profile.coauthors.values()],
    known_initials: listed(profile.initials),
    abbreviated: listed(profile.abbreviated),
    longest: profile.topics.longest,
    words: wordsOf(profile, no),
    venues: listed(profile.venues),
    years: profile.years,
    ...affiliationRow(profile.affiliations, no),
    orcids: listed(profile.orcids.keys()),
    proved_orcids: listed([...profile.orcids].flatMap(([orcid, proved]) => (proved ? [orcid] : []))),
    ids_mine: owned('mine'),
    ids_partly_mine: owned('partly_mine'),
    ids_not_mine: owned('not_mine'),
    schemes: listed(profile.schemes),
    emails: listed(profile.emails),
    works: listed(profile.workIds),
    confirmed_mentions: listed(confirmed.mentions),
    confirmed_ids: listed(confirmed.ids),
    confirmed_rors: listed(confirmed.rors),
    confirmed_names: listed(confirmed.names),
    rejected_mentions: listed(rejected.mentions),
    rejected_ids: listed(rejected.ids),
    rejected_rors: listed(rejected.rors),
    rejected_names: listed(rejected.names),
    others_coauthors: listed(profile.othersCoauthors),
    cited: circumstances.cited.keys.map((key) => no(`cited ${key}`)),
    cited_times: circumstances.cited.numbers,
    own: circumstances.own.keys.map((key) => no(`cited ${key}`)),
    own_works: circumstances.own.numbers,
    languages: [...circumstances.languages],
    funders: listed(circumstances.funders),
    awards: listed(circumstances.awards),
  }
}

/** A row for each work that has a word; its weight in all works together stands at the first of them. */
function wordsOf({ topics: { field, starts, at, weights } }: AttributedProfile, no: Numbers): readonly object[] {
  return field.terms.flatMap((term, i) => {
    const from = starts[i] ?? 0
    return at.slice(from, starts[i + 1]).map((work, more) => ({
      term: no(`${term}`),
      work,
      weight: weights[from + more],
      field_weight: more === 0 ? field.weights[i] : 0,
    }))
  })
}

function affiliationRow({ rors, names, words }: AttributedSlot['affiliations'], no: Numbers): object {
  // No list is like one of one short word, nor like an empty one.
  const telling = words.filter((list) => list.length > 1 || (list[0]?.length ?? 0) > 3)
  return { rors: [...rors].map(no), places: [...names].map(no), place_words: telling.map((list) => list.map(no)) }
}

function structOf(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ')
}

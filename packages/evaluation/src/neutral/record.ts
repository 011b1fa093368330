import {
  FieldError,
  type Fields,
  fieldsOf,
  indexOf,
  inside,
  listOf,
  optionalList,
  optionalText,
  optionalWhole,
  text,
  textOf,
} from './fields.ts'
import type {
  Affiliation,
  Funder,
  Identifier,
  NeutralAuthor,
  NeutralPair,
  NeutralProfile,
  NeutralRecord,
  SlotRef,
} from './types.ts'

export function recordOf(fields: Fields): NeutralRecord {
  return {
    id: textOf(fields, 'id'),
    title: optionalText(fields, 'title'),
    abstract: optionalText(fields, 'abstract'),
    year: optionalWhole(fields, 'year'),
    venue: optionalText(fields, 'venue'),
    doi: optionalText(fields, 'doi'),
    language: optionalText(fields, 'language'),
    keywords: optionalList(fields, 'keywords', text),
    issns: optionalList(fields, 'issns', text),
    references: optionalList(fields, 'references', text),
    funders: optionalList(fields, 'funders', funderOf),
    authors: listOf(fields, 'authors', authorOf),
  }
}

/** Of a person only what is in front of everybody; `seeds` are what the owner has confirmed. */
export function profileOf(fields: Fields): NeutralProfile {
  return {
    id: textOf(fields, 'id'),
    names: listOf(fields, 'names', text),
    seeds: listOf(fields, 'seeds', (value, what) => inside(what, () => slotRefOf(fieldsOf(value, what)))),
    ...personOf(fields),
  }
}

/** Only the slot: whatever else an item or a pair says of itself stays unread. */
export function slotRefOf(fields: Fields): SlotRef {
  return { record: textOf(fields, 'record'), slot: indexOf(fields, 'slot') }
}

export function pairOf(fields: Fields): NeutralPair {
  const side = (name: 'left' | 'right'): SlotRef => {
    if (fields[name] === undefined) throw new FieldError(`"${name}" is missing`)
    return inside(`"${name}"`, () => slotRefOf(fieldsOf(fields[name], `"${name}"`)))
  }
  return { left: side('left'), right: side('right') }
}

function authorOf(value: unknown, what: string): NeutralAuthor {
  const fields = fieldsOf(value, what)
  return inside(what, () => ({
    name: nameOf(fields),
    given: optionalText(fields, 'given'),
    family: optionalText(fields, 'family'),
    ...personOf(fields),
  }))
}

/** As it stands there, or of its parts; an author whose name is given as nothing is on the byline all the same. */
function nameOf(fields: Fields): string {
  const name = optionalText(fields, 'name')
  const parts = [optionalText(fields, 'given'), optionalText(fields, 'family')].filter((part) => part !== null)
  if (fields['name'] === undefined && parts.length === 0) throw new FieldError('"name" is missing')
  return name ?? parts.join(' ')
}

function personOf(fields: Fields): Pick<NeutralAuthor, 'affiliations' | 'emails' | 'ids' | 'orcid'> {
  return {
    affiliations: optionalList(fields, 'affiliations', affiliationOf),
    emails: optionalList(fields, 'emails', text),
    ids: optionalList(fields, 'ids', identifierOf),
    orcid: optionalText(fields, 'orcid'),
  }
}

function affiliationOf(value: unknown, what: string): Affiliation {
  if (typeof value === 'string') return { name: value, ror: null, country: null }
  const fields = fieldsOf(value, what)
  return inside(what, () => {
    const [name, ror] = [optionalText(fields, 'name'), optionalText(fields, 'ror')]
    if (name === null && ror === null) throw new FieldError('"name" is missing')
    return { name: name ?? '', ror, country: optionalText(fields, 'country') }
  })
}

function funderOf(value: unknown, what: string): Funder {
  if (typeof value === 'string') return { name: value, ids: [], awards: [] }
  const fields = fieldsOf(value, what)
  return inside(what, () => ({
    name: optionalText(fields, 'name'),
    ids: optionalList(fields, 'ids', identifierOf),
    awards: optionalList(fields, 'awards', text),
  }))
}

function identifierOf(value: unknown, what: string): Identifier {
  const fields = fieldsOf(value, what)
  return inside(what, () => ({ scheme: textOf(fields, 'scheme'), value: textOf(fields, 'value') }))
}

import { decodedText } from './entities.ts'
import {
  FieldError,
  type Fields,
  fieldsOf,
  inside,
  listOf,
  optionalList,
  optionalText,
  optionalWhole,
  text,
  textOf,
} from './fields.ts'

/** A record as works are told apart by it. */
export interface NeutralWork {
  readonly id: string
  readonly source: string | null
  readonly type: string | null
  readonly title: string | null
  readonly year: number | null
  readonly venue: string | null
  readonly volume: string | null
  readonly issue: string | null
  readonly pages: string | null
  readonly doi: string | null
  readonly issns: readonly string[]
  readonly identifiers: readonly NeutralIdentifier[]
  readonly authors: readonly NeutralWorkAuthor[]
}

export interface NeutralIdentifier {
  readonly scheme: string
  readonly value: string
  readonly relation: string
}

export interface NeutralWorkAuthor {
  readonly name: string
  readonly given: string | null
  readonly family: string | null
}

/** Two records by their ids. */
export interface WorkPair {
  readonly left: string
  readonly right: string
}

export function workRecordOf(fields: Fields): NeutralWork {
  const plain = (field: string): string | null => decodedText(optionalText(fields, field))
  return {
    id: textOf(fields, 'id'),
    source: optionalText(fields, 'source'),
    type: optionalText(fields, 'type'),
    title: plain('title'),
    year: optionalWhole(fields, 'year'),
    venue: plain('venue'),
    volume: plain('volume'),
    issue: plain('issue'),
    pages: plain('pages'),
    doi: optionalText(fields, 'doi'),
    issns: issnsOf(fields),
    identifiers: optionalList(fields, 'identifiers', identifierOf),
    authors: typeof fields['authors'] === 'string' ? authorsIn(fields['authors']) : authorList(fields),
  }
}

/** Only which two: what is true of them stays unread. */
export function workPairOf(fields: Fields): WorkPair {
  return { left: textOf(fields, 'left'), right: textOf(fields, 'right') }
}

// Exports write all into one text: "0957-9672 (Print) 0957-9672".
function issnsOf(fields: Fields): readonly string[] {
  const listed = optionalList(fields, 'issns', text)
  const written = optionalText(fields, 'issn') ?? ''
  return [...new Set([...listed, ...(written.match(/\b\d{4}-\d{3}[\dXx]\b/g) ?? []).map((issn) => issn.toUpperCase())])]
}

function identifierOf(value: unknown, what: string): NeutralIdentifier {
  const fields = fieldsOf(value, what)
  return inside(what, () => ({
    scheme: textOf(fields, 'scheme'),
    value: textOf(fields, 'value'),
    relation: optionalText(fields, 'relation') ?? 'self',
  }))
}

function authorList(fields: Fields): readonly NeutralWorkAuthor[] {
  return listOf(fields, 'authors', (value, what) => {
    if (typeof value === 'string') return { name: decodedText(value) ?? '', given: null, family: null }
    const author = fieldsOf(value, what)
    return inside(what, () => authorOf(author))
  })
}

function authorOf(fields: Fields): NeutralWorkAuthor {
  const [name, given, family] = ['name', 'given', 'family'].map((field) => decodedText(optionalText(fields, field)))
  if (fields['name'] === undefined && !given && !family) throw new FieldError('"name" is missing')
  return {
    name: name ?? [given, family].filter((part) => part).join(' '),
    given: given ?? null,
    family: family ?? null,
  }
}

/** All in one text, as programs for references export them: "Adeli K.O'Reilly M. E." or "Adeli K; Lewis GF". */
function authorsIn(written: string): readonly NeutralWorkAuthor[] {
  const parts = (decodedText(written) ?? '').split(/;|\r?\n|(?<=\.)(?=\p{L}['’\p{L}])/u).map((part) => part.trim())
  return parts.filter((part) => part !== '').map((name) => ({ name, given: null, family: null }))
}

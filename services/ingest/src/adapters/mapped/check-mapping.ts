import type { Framed } from '../../formats/framed.ts'
import type { Adapter, FieldError, JsonObject, Normalised } from '../adapter.ts'
import { readRecord } from '../read-record.ts'
import { peopleIn } from './mapped-people.ts'
import { mappedSource } from './mapped-source.ts'
import type { Mapping, PeopleRule, Rule } from './mapping-file.ts'
import { textsBy } from './values.ts'

/** One field of a mapping: what it is read from, and how many records have it. */
export interface FieldTally {
  readonly field: string
  readonly from: string
  readonly records: number
}

export interface MappingCheck {
  readonly records: number
  readonly refused: number
  /** The first of those that were refused. */
  readonly refusals: readonly { readonly ordinal: number; readonly errors: readonly FieldError[] }[]
  readonly fields: readonly FieldTally[]
  /** The first of those that were read. */
  readonly samples: readonly Normalised[]
  /** How many records have a warning, by its code. */
  readonly warnings: Readonly<Record<string, number>>
}

const SHOWN = { refusals: 10, samples: 3 }

/** Reads records with a mapping and keeps nothing: what each field was read from, what is refused, what comes out. */
export async function checkMapping(
  mapping: Mapping,
  framedBy: (adapter: Adapter) => AsyncIterable<Framed>,
): Promise<MappingCheck> {
  const tallies = fieldsOf(mapping).map((field) => ({ ...field, records: 0 }))
  const count = (record: JsonObject) => {
    for (const tally of tallies) if (tally.isIn(record)) tally.records += 1
  }
  const adapter = mappedSource(mapping, count)
  const [refusals, samples]: [MappingCheck['refusals'][number][], Normalised[]] = [[], []]
  const warnings: Record<string, number> = {}
  let [records, refused] = [0, 0]
  for await (const framed of framedBy(adapter)) {
    records += 1
    const result = framed.ok ? readRecord(adapter, framed.element) : undefined
    if (result?.ok) {
      if (samples.length < SHOWN.samples) samples.push(result.record)
      for (const code of new Set(result.record.warnings.map((warning) => warning.code)))
        warnings[code] = (warnings[code] ?? 0) + 1
      continue
    }
    refused += 1
    if (refusals.length < SHOWN.refusals) refusals.push(refusal(framed, result?.errors))
  }
  const fields = tallies.map(({ field, from, records: having }) => ({ field, from, records: having }))
  return { records, refused, refusals, fields, samples, warnings }
}

function refusal(framed: Framed, errors: readonly FieldError[] = []) {
  if (framed.ok) return { ordinal: framed.element.ordinal, errors }
  const { ordinal, code, detail } = framed.error
  return { ordinal, errors: [{ code, detail, pointer: '' }] }
}

interface MappedField {
  readonly field: string
  readonly from: string
  readonly isIn: (record: JsonObject) => boolean
}

/** Every field of a mapping that is read from somewhere, by its place in the mapping. */
function fieldsOf({ fields }: Mapping): MappedField[] {
  const { venue, people, identifiers, subjects, ...rest } = fields
  return [
    ...Object.entries(rest).flatMap(([field, rule]) => ofRule(field, rule)),
    ...Object.entries(venue ?? {}).flatMap(([field, rule]) => ofRule(`venue.${field}`, rule)),
    ...identifiers.flatMap((rule) => ofRule(`identifiers.${rule.scheme}`, rule)),
    ...people.flatMap(ofPeople),
    ...subjects.flatMap((rule) => ofRule(`subjects.${rule.scheme}`, rule)),
  ]
}

type AnyRule = Pick<Rule, 'from' | 'constant'>

function ofRule(field: string, rule: AnyRule | undefined): MappedField[] {
  if (rule === undefined) return []
  const from = rule.from?.join(', else ') ?? `always "${rule.constant}"`
  // What is there, whether or not the words of the rule know it.
  const { from: paths, constant } = rule
  return [{ field, from, isIn: (record) => textsBy({ from: paths, constant } as Rule, record).length > 0 }]
}

function ofPeople({ from, split: _split, role, ids, ...parts }: PeopleRule): MappedField[] {
  const field = `people.${role}`
  const inside = [
    ...Object.entries(parts),
    ...ids.map(({ scheme, from: paths }) => [`ids.${scheme}`, { from: paths }] as const),
  ]
  return [
    { field, from: from.join(', else '), isIn: (record) => peopleIn({ from }, record).length > 0 },
    ...inside.flatMap(([name, rule]) =>
      ofRule(`${field}.${name}`, rule).map((part) => ({
        ...part,
        isIn: (record: JsonObject) => peopleIn({ from }, record).some((one) => textsBy(rule as Rule, one).length > 0),
      })),
    ),
  ]
}

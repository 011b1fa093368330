import { z } from 'zod'

export const WORK_TYPES = [
  'article',
  'preprint',
  'conference-paper',
  'book',
  'book-chapter',
  'thesis',
  'dissertation',
  'report',
  'dataset',
  'software',
  'review',
  'editorial',
  'letter',
  'erratum',
  'other',
] as const
const VENUE_TYPES = ['journal', 'conference', 'repository', 'book-series', 'other'] as const
const OPEN_ACCESS = ['gold', 'green', 'hybrid', 'bronze', 'diamond', 'closed'] as const

const path = z.string().min(1).max(500)
const paths = z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(path).min(1).max(20))

/** A path, or a list of them, is short for an object that says no more. */
function inFull(given: unknown): unknown {
  return typeof given === 'string' || Array.isArray(given) ? { from: given } : given
}

/** Where values come from: a path, or an object that says more. */
function ruleOf<Word extends z.ZodType<string>>(word: Word) {
  const said = z.strictObject({
    /** The first of these that leads to a value. */
    from: paths.optional(),
    /** The same for every record, instead of what the record says. */
    constant: word.optional(),
    /** Each value is a list, parted by this. */
    split: z.string().min(1).max(10).optional(),
    /** Taken off the beginning. */
    strip: z.string().min(1).max(200).optional(),
    /** What the source's words become; others become `otherwise`, or nothing. */
    words: z.record(z.string(), word).optional(),
    /** Where there is no value, or none of the words. */
    otherwise: word.optional(),
  })
  const exclusive = said.refine((rule) => (rule.from === undefined) !== (rule.constant === undefined), {
    error: 'say either "from" or "constant"',
  })
  return z.preprocess(inFull, exclusive)
}

const text = ruleOf(z.string().max(1_000))
const flag = z.preprocess(
  inFull,
  z.strictObject({ from: paths, when: z.array(z.string()).min(1).default(['true', '1', 'yes', 'Y']) }),
)
const scheme = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a scheme is a word such as doi, in lower case')

const person = z.strictObject({
  /** Leads to the people: objects, or text such as "Ar, Ann; Be, Bo". */
  from: paths,
  split: z.string().min(1).max(10).optional(),
  role: z.string().max(40).default('author'),
  // Paths inside of one person.
  name: text.optional(),
  given: text.optional(),
  family: text.optional(),
  suffix: text.optional(),
  orcid: text.optional(),
  email: text.optional(),
  affiliations: text.optional(),
  ror: text.optional(),
  ids: z.array(z.strictObject({ scheme, from: paths })).default([]),
})

const identifier = z.strictObject({
  scheme,
  relation: z.string().max(40).default('self'),
  from: paths,
  split: z.string().min(1).max(10).optional(),
  strip: z.string().min(1).max(200).optional(),
})

const fields = z.strictObject({
  id: text,
  updated: text.optional(),
  deleted: flag.optional(),
  title: text.optional(),
  subtitle: text.optional(),
  translatedTitle: text.optional(),
  abstract: text.optional(),
  type: ruleOf(z.enum(WORK_TYPES)).optional(),
  published: text.optional(),
  language: text.optional(),
  venue: z
    .strictObject({
      name: text.optional(),
      type: ruleOf(z.enum(VENUE_TYPES)).optional(),
      publisher: text.optional(),
      volume: text.optional(),
      issue: text.optional(),
      pages: text.optional(),
      firstPage: text.optional(),
      lastPage: text.optional(),
      issn: text.optional(),
    })
    .optional(),
  identifiers: z.array(identifier).default([]),
  people: z.array(person).default([]),
  subjects: z.array(z.strictObject({ scheme, from: paths, split: z.string().min(1).max(10).optional() })).default([]),
  funders: text.optional(),
  references: text.optional(),
  openAccess: ruleOf(z.enum(OPEN_ACCESS)).optional(),
  openAccessUrl: text.optional(),
  licence: text.optional(),
  retracted: flag.optional(),
})

const mapping = z.strictObject({
  source: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, 'a source is named by 2 to 40 lower-case letters, digits and hyphens'),
  /** Raised when the mapping is corrected: records are then read again by `renormalise`. */
  version: z.int().min(1).max(1_000_000),
  description: z.string().max(1_000).optional(),
  format: z.enum(['json', 'csv', 'xml', 'bibtex', 'ris']),
  /** JSON: the path to the list of records in a bigger document. */
  records: path.optional(),
  /** XML: the element that is a record. */
  element: z.strictObject({ name: z.string().min(1), namespace: z.string().default('') }).optional(),
  /** CSV: what is between two cells. */
  separator: z.enum([',', ';', '\t', '|']).default(','),
  /** How dates that do not begin with the year are written. */
  dates: z.enum(['year-first', 'day-first', 'month-first']).default('year-first'),
  fields,
})

export type Mapping = z.infer<typeof mapping>
export type Rule = z.infer<typeof text>
export type PeopleRule = z.infer<typeof person>
export type Flag = z.infer<typeof flag>

/** What is wrong with a mapping, and where in it. */
export interface MappingMistake {
  readonly pointer: string
  readonly detail: string
}

export type ReadMapping =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly mistakes: readonly MappingMistake[] }

/** The mapping that a file holds, or every mistake in it. */
export function readMapping(file: string): ReadMapping {
  let given: unknown
  try {
    given = JSON.parse(file)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, mistakes: [{ pointer: '', detail: `this is not JSON: ${error.message}` }] }
  }
  const read = mapping.safeParse(given)
  if (!read.success) return { ok: false, mistakes: read.error.issues.flatMap(mistakesOf) }
  const mistakes = formatMistakes(read.data)
  return mistakes.length === 0 ? { ok: true, mapping: read.data } : { ok: false, mistakes }
}

function formatMistakes({ format, records, element, separator }: Mapping): MappingMistake[] {
  const wrong = (pointer: string, wanted: string) => ({
    pointer,
    detail: `this is for ${wanted}, the format is ${format}`,
  })
  return [
    ...(records !== undefined && format !== 'json' ? [wrong('/records', 'json')] : []),
    ...(element !== undefined && format !== 'xml' ? [wrong('/element', 'xml')] : []),
    ...(separator !== ',' && format !== 'csv' ? [wrong('/separator', 'csv')] : []),
    ...(element === undefined && format === 'xml'
      ? [{ pointer: '/element', detail: 'say which element is a record' }]
      : []),
  ]
}

function mistakesOf(issue: z.core.$ZodIssue): MappingMistake[] {
  const pointer = issue.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ pointer: `${pointer}/${key}`, detail: 'there is no such field' }))
    case 'invalid_value':
      return [{ pointer, detail: `this must be one of ${issue.values.map(String).join(', ')}` }]
    case 'invalid_type':
      return [
        {
          pointer,
          detail: issue.message.endsWith('received undefined')
            ? 'this is missing'
            : `this must be of type ${issue.expected}`,
        },
      ]
    default:
      return [{ pointer, detail: issue.message }]
  }
}

import { Problem, type ProblemDetail, quoted } from '@atlas/runtime'
import { z } from 'zod'

const MAX_PARAMETERS = 50

/** The path's ids, or 400 `invalid_id`. */
export function checkParams<T extends z.ZodObject>(schema: T, params: unknown): z.infer<T> {
  return check(schema, params, { invalid: 'invalid_id', unknown: 'unknown_field', known: [] })
}

/** The query, where each name stands once unless it is one of `lists`. */
export function checkQuery(
  schema: z.ZodObject | undefined,
  lists: readonly string[],
  query: Readonly<Record<string, unknown>>,
): unknown {
  const wanted = schema ?? z.strictObject({})
  const values = Object.values(query).flat()
  if (values.length > MAX_PARAMETERS)
    throw new Problem(400, 'too_many_parameters', `a query has at most ${MAX_PARAMETERS} parameters`)
  for (const [name, value] of Object.entries(query))
    if (Array.isArray(value) && Object.hasOwn(wanted.shape, name) && !lists.includes(name))
      throw new Problem(400, 'repeated_parameter', `name ${quoted(name)} once`, {
        errors: [{ code: 'repeated_parameter', detail: 'stands more than once', pointer: `/${name}` }],
      })
  const codes = { invalid: 'invalid_parameter', unknown: 'unknown_parameter', known: Object.keys(wanted.shape) }
  return check(wanted, { ...query }, codes)
}

export function checkBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  return check(schema, body, { invalid: 'invalid_field', unknown: 'unknown_field', known: [] })
}

interface Codes {
  readonly invalid: string
  readonly unknown: string
  /** Names to choose a suggestion from. */
  readonly known: readonly string[]
}

function check<T extends z.ZodType>(schema: T, value: unknown, codes: Codes): z.infer<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue) => detailsOf(issue, value, codes))
  const [first] = errors
  throw new Problem(400, first?.code ?? codes.invalid, first?.detail ?? 'the request is not as described', { errors })
}

function detailsOf(issue: z.core.$ZodIssue, value: unknown, { invalid, unknown, known }: Codes): ProblemDetail[] {
  const pointer = issue.path.map((step) => `/${String(step).slice(0, 80)}`).join('')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const near = known.find((name) => distance(name, key) <= 2)
      const hint = near ? `; is ${quoted(near)} meant?` : ''
      return {
        code: unknown,
        detail: `${quoted(key)} is not known here${hint}`,
        pointer: `${pointer}/${key.slice(0, 80)}`,
      }
    })
  return [{ code: codeOf(issue, value, invalid), detail: issue.message, pointer }]
}

function codeOf(issue: z.core.$ZodIssue, value: unknown, invalid: string): string {
  if (issue.code === 'invalid_value') return 'invalid_enum'
  if (invalid !== 'invalid_field') return invalid
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'field_too_long' : 'too_many_items'
  if (issue.code === 'invalid_type' && valueAt(value, issue.path) === undefined) return 'missing_field'
  return invalid
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  )
}

/** How many letters must change; anything above two is 3. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return Math.min(row[b.length] ?? 3, 3)
}

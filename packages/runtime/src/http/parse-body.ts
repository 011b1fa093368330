import type { z } from 'zod'
import { Problem, type ProblemDetail, quoted } from './problem.ts'

/** The body as the schema has it, or 400 that points at every field that is not (RFC 9457, pointers of RFC 6901). */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body, { reportInput: true })
  if (result.success) return result.data
  const errors = result.error.issues.flatMap(detailsOf)
  throw new Problem(400, errors[0]?.code ?? 'invalid_field', errors[0]?.detail ?? 'the body is not as described', {
    errors,
  })
}

function detailsOf(issue: z.core.$ZodIssue): readonly ProblemDetail[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown_field',
      detail: `there is no field ${quoted(key)}`,
      pointer: pointerOf([...issue.path, key]),
    }))
  return [{ code: codeOf(issue), detail: detailOf(issue), pointer: pointerOf(issue.path) }]
}

/** A rule of a schema's own names its code as `params.code`. */
function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return (issue.params?.['code'] as string | undefined) ?? 'invalid_field'
  if (issue.code === 'invalid_value') return 'invalid_enum'
  if (issue.code === 'too_big' && issue.origin === 'string') return 'field_too_long'
  if (issue.code === 'too_big' && issue.origin === 'array') return 'too_many_items'
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'missing_field'
  return 'invalid_field'
}

function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  if (issue.code === 'too_big') return `is at most ${issue.maximum}`
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is required' : `must be of type ${issue.expected}`
  return issue.message
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

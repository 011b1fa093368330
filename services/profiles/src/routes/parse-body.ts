import { Problem, type ProblemDetail, quoted } from '@atlas/runtime'
import type { z } from 'zod'

/** The body as the schema has it, or a problem that points at every field that is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap(detailsOf)
  throw new Problem(400, errors[0]?.code ?? 'invalid_field', errors[0]?.detail ?? 'the body is not as described', {
    errors,
  })
}

function detailsOf(issue: z.core.$ZodIssue): ProblemDetail[] {
  const pointer = issue.path.map((step) => `/${String(step)}`).join('')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown_field',
      detail: `${quoted(key)} is not known here`,
      pointer: `${pointer}/${key}`,
    }))
  if (issue.code === 'invalid_value') return [{ code: 'invalid_enum', detail: issue.message, pointer }]
  if (issue.code === 'too_big' && issue.origin === 'string')
    return [{ code: 'field_too_long', detail: issue.message, pointer }]
  return [{ code: 'invalid_field', detail: issue.message, pointer }]
}

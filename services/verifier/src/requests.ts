import { Problem, type ProblemDetail, quoted } from '@atlas/runtime'
import { z } from 'zod'
import { parseEvidenceUrl } from './evidence-url.ts'
import { CONFIDENCES, DECISIONS, EVIDENCE_TYPES } from './vocabulary.ts'

const NOTES = 5_000
const note = z.string().max(NOTES)
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const evidence = z.strictObject({
  type: z.enum(EVIDENCE_TYPES),
  url: z
    .string()
    .max(2_048)
    .refine((url) => parseEvidenceUrl(url) !== undefined, {
      params: { code: 'invalid_url' },
      message: 'give a public http or https address without credentials',
    })
    .nullable()
    .optional(),
  text: note.nullable().optional(),
})

export const decisionRequest = z.strictObject({
  decision: z.enum(DECISIONS),
  version: count.optional(),
  revision: count.min(1),
  confidence: z.enum(CONFIDENCES).nullable().default(null),
  // A note of nothing but spaces says nothing.
  notes: note
    .transform((text) => (text.trim() === '' ? null : text))
    .nullable()
    .default(null),
  evidence: z.array(evidence).max(100).default([]),
  via: z.enum(['web', 'api', 'import']),
})

export type DecisionBody = z.infer<typeof decisionRequest>

/** The body as described, or a Problem that names each field that is not. */
export function parseDecision(body: unknown): DecisionBody {
  const result = decisionRequest.safeParse(body, { reportInput: true })
  if (result.success) return result.data
  const errors = result.error.issues.flatMap(detailsOf)
  throw new Problem(400, errors[0]?.code ?? 'invalid_field', errors[0]?.detail ?? 'the body is not as described', {
    errors,
  })
}

function detailsOf(issue: z.core.$ZodIssue): readonly ProblemDetail[] {
  const pointer = pointerOf(issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown_field',
      detail: `there is no field ${quoted(key)}`,
      pointer: pointerOf([...issue.path, key]),
    }))
  return [{ code: codeOf(issue), detail: detailOf(issue), pointer }]
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return (issue.params?.['code'] as string | undefined) ?? 'invalid_field'
  if (issue.code === 'invalid_value') return 'invalid_enum'
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'field_too_long' : 'too_many_items'
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

/** The version a decision is made upon: in the body, or as `If-Match: "7"`. */
export interface Precondition {
  readonly version: number
  /** Said in a header: a mismatch is 412 then, else 409. */
  readonly byHeader: boolean
}

export function preconditionOf(ifMatch: string | undefined, version: number | undefined): Precondition {
  if (ifMatch === undefined) {
    if (version !== undefined) return { version, byHeader: false }
    throw new Problem(428, 'precondition_required', 'name the version of the question that was shown')
  }
  const match = /^"(\d{1,10})"$/.exec(ifMatch)
  if (!match) throw new Problem(400, 'invalid_precondition', 'If-Match is one strong version, as in "7"')
  const named = Number(match[1])
  if (version !== undefined && version !== named)
    throw new Problem(400, 'invalid_precondition', 'If-Match and the body name different versions')
  return { version: named, byHeader: true }
}

import { Problem } from '@atlas/runtime'
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

import { Problem } from '@atlas/runtime'
import { z } from 'zod'
import { MAX_PAIRS, WORK_ROLES } from './ruling.ts'

const uuid = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.uuid({ error: 'is not a UUID' }))
const revision = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const said = {
  // Whoever meets the ruling in ten years must be able to judge it.
  reason: z.string().trim().min(1, 'say why').max(2_000),
  via: z.enum(['web', 'api', 'cli', 'import']),
}

export const mergeRequest = z.strictObject({
  targetWorkId: uuid,
  revision: revision.optional(),
  targetRevision: revision,
  role: z.enum(WORK_ROLES).nullable().default(null),
  ...said,
})
export type MergeBody = z.infer<typeof mergeRequest>

export const unmergeRequest = z.strictObject({
  recordIds: z.array(uuid).min(1).max(MAX_PAIRS),
  revision: revision.optional(),
  ...said,
})
export type UnmergeBody = z.infer<typeof unmergeRequest>

export const withdrawRequest = z.strictObject(said)
export type WithdrawBody = z.infer<typeof withdrawRequest>

/** The revision of the work that was shown: in the body, or as `If-Match: "7"`. */
export interface Precondition {
  readonly revision: number
  /** Said in a header: a mismatch is 412 then, else 409. */
  readonly byHeader: boolean
}

export function preconditionOf(ifMatch: string | undefined, named: number | undefined): Precondition {
  if (ifMatch === undefined) {
    if (named !== undefined) return { revision: named, byHeader: false }
    throw new Problem(428, 'precondition_required', 'name the revision of the work that was shown')
  }
  const match = /^"(\d{1,15})"$/.exec(ifMatch)
  if (!match) throw new Problem(400, 'invalid_precondition', 'If-Match is one strong revision, as in "7"')
  const revision = Number(match[1])
  if (named !== undefined && named !== revision)
    throw new Problem(400, 'invalid_precondition', 'If-Match and the body name different revisions')
  return { revision, byHeader: true }
}

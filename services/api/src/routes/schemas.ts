import { z } from 'zod'

/** What may be asked. The owner of the data knows the rules; here is only the form. */

export const uuid = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.uuid('is not a UUID'))

export const candidateParams = z.strictObject({ candidateId: uuid })

export const STATUSES = [
  'pending',
  'confirmed',
  'rejected',
  'uncertain',
  'auto_confirmed',
  'auto_rejected',
  'merged',
  'expired',
] as const

const statuses = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [...new Set([value].flat())])
  .pipe(z.array(z.enum(STATUSES)))

const MAX_PAGE = 100
const perPage = z
  .string()
  .regex(/^(100|[1-9]\d?)$/, `is a whole number from 1 to ${MAX_PAGE}`)
  .transform(Number)
  .default(20)
  .meta({ description: `how many, at most ${MAX_PAGE}` })
const cursor = z.string().optional().meta({ description: 'the `next` of the page before' })

export const queueQuery = z.strictObject({
  status: statuses.default(['pending', 'uncertain']).meta({ description: 'repeat it for several' }),
  minScore: z
    .string()
    .regex(/^(0(\.\d{1,15})?|1(\.0{1,15})?)$/, 'is a number from 0 to 1')
    .transform(Number)
    .optional(),
  source: z
    .string()
    .regex(/^[a-z]{2,30}$/, 'is the name of a source')
    .optional()
    .meta({ description: 'works that this source describes' }),
  sort: z.enum(['score_desc', 'date_desc']).default('score_desc'),
  perPage,
  cursor,
})

export const actsQuery = z.strictObject({ candidateId: uuid.optional(), perPage, cursor })

export const worksQuery = z.strictObject({
  year: z
    .string()
    .regex(/^[12]\d{3}$/, 'is a year')
    .transform(Number)
    .optional(),
  type: z
    .string()
    .regex(/^[a-z-]{2,30}$/, 'is a type of work')
    .optional(),
  search: z
    .string()
    .trim()
    .min(2, 'has at least 2 characters')
    .max(500, 'has at most 500 characters')
    .refine((text) => !text.includes('\u0000') && text.isWellFormed(), 'has a character that no title has')
    .optional()
    .meta({ description: 'part of a title, taken literally' }),
  perPage,
  cursor,
})

export const DECISIONS = ['confirm', 'reject', 'uncertain', 'reopen'] as const
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const note = z.string().max(5_000)

export const decisionBody = z
  .strictObject({
    decision: z.enum(DECISIONS),
    version: count.optional().meta({ description: 'of the question that was shown; or as If-Match' }),
    revision: count.min(1).meta({ description: 'of the question that was shown' }),
    confidence: z.enum(['certain', 'probable', 'possible', 'uncertain']).nullable().optional(),
    notes: note.nullable().optional(),
    evidence: z
      .array(
        z.strictObject({
          type: z.enum([
            'orcid_link',
            'doi_screenshot',
            'email_thread',
            'coauthor_confirm',
            'institutional_cv',
            'note',
          ]),
          url: z.string().max(2_048).nullable().optional(),
          text: note.nullable().optional(),
        }),
      )
      .max(100)
      .optional(),
  })
  .meta({ id: 'Decision' })

export const workParams = z.strictObject({ workId: uuid })
export const rulingParams = z.strictObject({ rulingId: uuid })

export const LINKED_ROLES = ['duplicate', 'version', 'erratum', 'retraction', 'part'] as const
const reason = z.string().trim().min(1, 'say why').max(2_000)
const revision = count.min(1)

export const mergeBody = z
  .strictObject({
    targetWorkId: uuid,
    role: z
      .enum(LINKED_ROLES)
      .nullable()
      .optional()
      .meta({ description: 'what the work is of the target; left out, the rules say' }),
    revision: revision.optional().meta({ description: 'of the work that was shown; or as If-Match' }),
    targetRevision: revision.meta({ description: 'of the target that was shown' }),
    reason,
  })
  .meta({ id: 'Merge' })

export const unmergeBody = z
  .strictObject({
    recordIds: z.array(uuid).min(1).max(10_000).meta({ description: 'members that do not belong with the rest' }),
    revision: revision.optional().meta({ description: 'of the work that was shown; or as If-Match' }),
    reason,
  })
  .meta({ id: 'Unmerge' })

export const withdrawBody = z.strictObject({ reason }).meta({ id: 'Withdrawal' })

const threshold = z.number().min(0).max(1).nullable().optional()

export const settingsBody = z
  .strictObject({
    autoConfirmThreshold: threshold.meta({ description: 'null: nothing is confirmed by itself' }),
    autoRejectThreshold: threshold.meta({ description: 'null: nothing is rejected by itself' }),
    watchedSources: z.array(z.string().min(1).max(50)).max(50).optional(),
    visibility: z.enum(['public', 'institution', 'private']).optional(),
    language: z
      .string()
      .max(35)
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is a language tag')
      .optional(),
    notificationFrequency: z.enum(['immediate', 'daily', 'weekly', 'never']).optional(),
  })
  .meta({ id: 'Settings' })

export const signInBody = z.strictObject({ profileId: uuid })

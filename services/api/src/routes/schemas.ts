import { z } from 'zod'

export const nothing = z.strictObject({})
const uuid = z
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
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .pipe(z.array(z.enum(STATUSES)).min(1))

const perPage = z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'how many, at most 100' })
const cursor = z.string().max(1_000).optional().meta({ description: 'the `next` of the page before' })

export const queueQuery = z.strictObject({
  status: statuses.default(['pending', 'uncertain']).meta({ description: 'repeat it for several' }),
  minScore: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'is a number from 0 to 1')
    .transform(Number)
    .optional(),
  source: z
    .string()
    .regex(/^[a-z]{2,30}$/)
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
    .regex(/^[a-z-]{2,30}$/)
    .optional(),
  search: z.string().trim().min(2).max(500).optional(),
  perPage,
  cursor,
})

export const DECISIONS = [
  'confirm',
  'reject',
  'uncertain',
  'claim_duplicate',
  'claim_version',
  'claim_error',
  'delegate',
  'reopen',
] as const

export const decisionBody = z
  .strictObject({
    decision: z.enum(DECISIONS),
    version: z.number().int().min(0).meta({ description: 'version of the question that was shown' }),
    revision: z.number().int().min(1).meta({ description: 'revision of the candidate that was shown' }),
    confidence: z.enum(['certain', 'probable', 'possible', 'uncertain']).optional(),
    notes: z.string().max(5_000).nullable().optional(),
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
          url: z
            .url({ protocol: /^https?$/ })
            .max(2_048)
            .optional(),
          text: z.string().max(5_000).optional(),
        }),
      )
      .max(100)
      .optional(),
    relatedWorkId: uuid.optional(),
  })
  .meta({ id: 'Decision' })

export const receipt = z
  .object({
    actId: z.uuid(),
    chainSeq: z.number().int(),
    hash: z.string(),
    version: z.number().int(),
    status: z.enum(STATUSES),
    flags: z.array(z.string()),
  })
  .loose()
  .meta({ id: 'Receipt', description: 'keep it: it proves the decision against a published checkpoint' })

export const question = z
  .object({
    candidateId: z.uuid(),
    workId: z.uuid(),
    slotId: z.uuid(),
    slotName: z.string(),
    title: z.string().nullable(),
    year: z.number().int().nullable(),
    score: z.number().min(0).max(1),
    revision: z.number().int(),
    version: z.number().int(),
    status: z.enum(STATUSES),
    flags: z.array(z.string()),
    sources: z.array(z.string()),
    reasons: z.array(
      z.object({ type: z.string(), level: z.string(), weight: z.number(), details: z.string().nullable() }),
    ),
  })
  .loose()
  .meta({ id: 'Question' })

export const pageOf = (item: z.ZodType, name: string) =>
  z.object({ items: z.array(item), next: z.string().nullable() }).meta({ id: name })

export const anyObject = z.object({}).loose()

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string(),
  })
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457; `code` is stable' })

export const signInBody = z.strictObject({ profileId: uuid })
export const settingsBody = z.strictObject({
  autoConfirmThreshold: z.number().min(0).max(1).nullable().optional(),
  autoRejectThreshold: z.number().min(0).max(1).nullable().optional(),
  watchedSources: z.array(z.string().max(50)).max(50).optional(),
  visibility: z.enum(['public', 'institution', 'private']).optional(),
  language: z.string().max(35).optional(),
  notificationFrequency: z.enum(['immediate', 'daily', 'weekly', 'never']).optional(),
})

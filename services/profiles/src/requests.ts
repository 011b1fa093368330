import { z } from 'zod'

const text = (max: number) => z.string().trim().min(1).max(max)
const threshold = z.number().min(0).max(1).nullable()
const year = z.number().int().min(1000).max(2999).nullable()

export const nameRequest = z.strictObject({
  name: text(1000),
  given: text(1000).nullable().default(null),
  family: text(1000).nullable().default(null),
  primary: z.boolean().default(false),
})

export const identityRequest = z.strictObject({
  type: z.enum([
    'orcid',
    'email',
    'openalex_author',
    'hal_author',
    's2_author',
    'scopus_author',
    'dblp_author',
    'researcher_id',
    'idhal',
    'idref',
  ]),
  value: text(512),
  primary: z.boolean().default(false),
  method: z.enum(['orcid_oauth', 'email', 'manual', 'imported']).default('manual'),
  policy: z.enum(['auto_claim', 'auto_suggest', 'auto_reject', 'ignore']).default('auto_suggest'),
  ownership: z.enum(['mine', 'partly_mine', 'not_mine']).default('mine'),
  /** Only a service that has proof may say so. */
  verifiedAt: z.iso.datetime().nullable().default(null),
})

export const settingsRequest = z.strictObject({
  autoConfirmThreshold: threshold.optional(),
  autoRejectThreshold: threshold.optional(),
  watchedSources: z.array(text(50)).max(50).optional(),
  visibility: z.enum(['public', 'institution', 'private']).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .optional(),
  notificationFrequency: z.enum(['immediate', 'daily', 'weekly', 'never']).optional(),
})

/** A profile to be made, or made again: what is absent says nothing. */
export const profileRequest = z.strictObject({
  profileId: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.uuid('is not a UUID'))
    .optional(),
  displayName: text(1000),
  bio: text(5000).nullable().optional(),
  institutionId: text(200).nullable().optional(),
  institutions: z.array(text(200)).max(50).optional(),
  names: z.array(nameRequest).max(200).optional(),
  // How many there may be is a rule of profiles, not of this form.
  identities: z.array(identityRequest).optional(),
  affiliations: z
    .array(
      z.strictObject({
        name: text(1000),
        ror: text(20).nullable().default(null),
        country: z.string().length(2).nullable().default(null),
        fromYear: year.default(null),
        toYear: year.default(null),
      }),
    )
    .max(200)
    .optional(),
  settings: settingsRequest.optional(),
})

export const profilesRequest = z.strictObject({ profiles: z.array(profileRequest).min(1).max(500) })

export const profilePatch = z.strictObject({
  displayName: text(1000).optional(),
  bio: text(5000).nullable().optional(),
  names: z.array(nameRequest).max(200).optional(),
})

export type ProfileRequest = z.infer<typeof profileRequest>

import { z } from 'zod'
import { STATUSES } from './schemas.ts'

/** What is answered: only what is listed here leaves. Vocabularies that grow are strings. */

const text = z.string().nullable()
const count = z.number().int()
const moment = z.iso.datetime().nullable()

const reason = z
  .object({
    type: z.string(),
    level: z.string(),
    weight: z.number().meta({ description: 'natural logarithm of the likelihood ratio; all of them sum to logOdds' }),
    details: text,
  })
  .meta({ id: 'Reason' })

const listedQuestion = z.object({
  candidateId: z.uuid(),
  kind: z.string(),
  workId: z.uuid().nullable(),
  slotId: z.string(),
  slotName: z.string(),
  slotPosition: count,
  title: text,
  year: count.nullable(),
  sources: z.array(z.string()),
  score: z.number().min(0).max(1),
  logOdds: z.number(),
  reasons: z.array(reason),
  modelVersion: z.string(),
  withdrawn: z.boolean().meta({ description: 'the matcher claims it no longer' }),
  createdAt: moment,
  revision: count.meta({ description: 'of what was claimed; a decision names it' }),
  version: count.meta({ description: 'of how it stands; a decision names it' }),
  status: z.enum(STATUSES),
  flags: z.array(z.string()),
})

const venue = z.object({
  name: text,
  issns: z.array(z.string()),
  type: text,
  publisher: text,
  volume: text,
  issue: text,
  firstPage: text,
  lastPage: text,
})

const member = z.object({
  recordId: z.uuid(),
  source: z.string(),
  sourceId: z.string(),
  version: count,
  role: z.string(),
  versionKind: text.default(null).meta({ description: 'of a version: preprint, accepted, translation …' }),
  type: z.string(),
  reason: z.string(),
})

const fieldSources = z
  .array(
    z.object({
      field: z.string(),
      recordId: z.uuid(),
      confidence: z.number().min(0).max(1).nullable().default(null),
      agreeing: count.nullable().default(null).meta({ description: 'sources that say the same' }),
    }),
  )
  .default([])
  .meta({ description: 'which member or enrichment each field was taken from, and how sure it is' })

const identifier = z.object({ scheme: z.string(), value: z.string() })
const recordIds = z.array(z.uuid()).default([]).meta({ description: 'members and enrichments that say so' })

const openAccessLocation = z
  .object({
    url: z.string(),
    pdfUrl: text,
    host: text.meta({ description: 'publisher, repository' }),
    version: text.meta({ description: 'published, accepted, submitted' }),
    licence: text,
    best: z.boolean(),
    recordIds,
  })
  .meta({ id: 'OpenAccessLocation' })

const work = z
  .object({
    workId: z.uuid(),
    revision: count,
    state: z.string(),
    redirectTo: z.uuid().nullable(),
    title: text,
    type: z.string(),
    published: z.object({ year: count, month: count.nullable(), day: count.nullable() }).nullable(),
    language: text,
    venue: venue.nullable(),
    doi: text,
    identifiers: z.array(z.object({ scheme: z.string(), value: z.string(), relation: z.string() })),
    retracted: z.boolean(),
    openAccess: text,
    openAccessLocations: z
      .array(openAccessLocation)
      .default([])
      .meta({ description: 'where it can be read for nothing, the preferred place first, at most 50' }),
    licence: text.default(null).meta({ description: 'of the text as published' }),
    referenceCount: count
      .nullable()
      .default(null)
      .meta({ description: 'the longest list of references, or the links known where they are more' }),
    citedByCount: count
      .nullable()
      .default(null)
      .meta({ description: 'the most that a source counts, or the links known where they are more' }),
    members: z.array(member),
    fieldSources,
    byline: z
      .array(z.object({ slotId: z.uuid(), position: count, name: z.string(), collective: z.boolean() }))
      .meta({ description: 'the first hundred, and the one that is asked about' }),
    flags: z.array(z.string()),
  })
  .meta({ id: 'Work' })

const enrichments = z
  .array(z.object({ recordId: z.uuid(), source: z.string(), sourceId: z.string() }))
  .default([])
  .meta({ description: 'records that add to the work and are no members of it' })

export const workAnswer = work
  .extend({
    subjects: z
      .array(z.object({ scheme: z.string(), id: text, label: z.string(), score: z.number().nullable().default(null) }))
      .default([]),
    funders: z
      .array(z.object({ name: text, identifiers: z.array(identifier), awards: z.array(z.string()), recordIds }))
      .default([]),
    references: z
      .array(identifier)
      .default([])
      .meta({ description: 'works that it cites, by links between works; the first 1,000' }),
    citedBy: z
      .array(identifier)
      .default([])
      .meta({ description: 'works that cite it, by links between works; the first 1,000' }),
    enrichments,
  })
  .meta({ id: 'CatalogueWork' })

export const sourcesAnswer = z
  .object({
    workId: z.uuid(),
    revision: count,
    state: z.string(),
    redirectTo: z.uuid().nullable(),
    members: z.array(
      member.extend({ linkedTo: text.default(null).meta({ description: 'recordId it was linked to' }) }),
    ),
    enrichments,
    fieldSources,
  })
  .meta({ id: 'WorkSources' })

export const questionAnswer = listedQuestion.meta({ id: 'Question' })

export const questionDetail = listedQuestion
  .extend({
    collective: z.boolean(),
    alternatives: count.meta({ description: 'other profiles that were compared with this author' }),
    evidenceItems: z.array(z.string()),
    mentions: z.array(z.object({ recordId: z.uuid(), version: count, position: count, key: z.uuid() })),
    work: work.nullable().meta({ description: 'null: it has not arrived here yet' }),
  })
  .meta({ id: 'QuestionDetail' })

export const receipt = z
  .object({
    actId: z.uuid(),
    chainSeq: count,
    hash: z.string(),
    version: count,
    status: z.enum(STATUSES),
    flags: z.array(z.string()),
  })
  .meta({ id: 'Receipt', description: 'keep it: it proves the decision against a published checkpoint' })

const settings = {
  autoConfirmThreshold: z.number().nullable(),
  autoRejectThreshold: z.number().nullable(),
  watchedSources: z.array(z.string()),
  visibility: z.string(),
  language: z.string(),
  notificationFrequency: z.string(),
}

export const profileAnswer = z
  .object({
    profileId: z.uuid(),
    revision: count,
    displayName: z.string(),
    names: z.array(z.object({ name: z.string(), given: text, family: text, primary: z.boolean() })),
    identities: z.array(
      z.object({
        identityId: z.uuid(),
        type: z.string(),
        value: z.string(),
        primary: z.boolean(),
        method: z.string(),
        verifiedAt: moment,
        policy: z.string(),
        ownership: z.string(),
      }),
    ),
    affiliations: z.array(
      z.object({
        name: z.string(),
        ror: text,
        country: text,
        fromYear: count.nullable(),
        toYear: count.nullable(),
      }),
    ),
    institutionId: text,
    institutions: z.array(z.string()),
    ...settings,
  })
  .meta({ id: 'Profile' })

export const settingsAnswer = z.object(settings).meta({ id: 'StoredSettings' })

export const authorshipAnswer = z
  .object({
    authorshipId: z.uuid(),
    workId: z.uuid(),
    slotId: z.uuid(),
    status: z.string(),
    actId: z.uuid().meta({ description: 'the act it rests on' }),
    verifiedAt: moment,
    position: count,
    corresponding: z.boolean(),
    flags: z.array(z.string()),
    title: text,
    year: count.nullable(),
    type: z.string(),
    doi: text,
    contributions: z.array(
      z.object({
        recordId: z.uuid(),
        source: z.string(),
        name: z.string(),
        position: count,
        affiliations: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'Authorship' })

export const actAnswer = z
  .object({
    actId: z.uuid(),
    seq: count,
    chainSeq: count,
    hash: z.string(),
    prevHash: z.string(),
    kind: z.string(),
    statusAfter: z.string(),
    flagsAfter: z.array(z.string()),
    questionVersion: count,
    stateChanging: z.boolean(),
    confidence: text,
    decidedAt: z.iso.datetime(),
    actor: z.string(),
    actorRole: text,
    onBehalfOf: text,
    via: z.string(),
    batchId: text,
    supersedes: text,
    candidateRevision: count.nullable(),
    score: z.number().nullable(),
    modelVersion: text,
    threshold: z.number().nullable(),
    reason: text,
    about: z
      .object({ candidateId: z.uuid(), workId: z.string(), slotId: z.string() })
      .nullable()
      .meta({ description: 'null once its subject was erased' }),
  })
  .meta({ id: 'Act' })

export const statsAnswer = z
  .object({
    worksCount: count,
    pendingCount: count,
    decidedCount: count,
    verificationRate: z
      .number()
      .nullable()
      .meta({ description: 'decided of all that is decided or open; null when there is nothing' }),
    byYear: z.record(z.string(), count),
    byType: z.record(z.string(), count),
  })
  .meta({ id: 'Stats' })

const ruling = z
  .object({
    rulingId: z.uuid(),
    kind: z.string(),
    workId: z.uuid().nullable(),
    otherWorkId: z.uuid().nullable(),
    records: z.array(z.uuid()),
    otherRecords: z.array(z.uuid()),
    role: text.meta({ description: 'of the first of `records` in the other work' }),
    withdraws: z.uuid().nullable(),
    withdrawnBy: z.uuid().nullable(),
    inForce: z.boolean().meta({ description: 'neither withdrawn nor outranked by later ones' }),
    actor: z.string(),
    actorRole: z.string(),
    onBehalfOf: text,
    via: z.string(),
    reason: z.string(),
    decidedAt: z.iso.datetime(),
  })
  .meta({ id: 'Ruling' })

export const ruledAnswer = z
  .object({
    ruling,
    works: z.array(z.object({ workId: z.uuid(), revision: count, members: z.array(z.uuid()) })),
    changed: z.array(z.uuid()).meta({ description: 'works that are not what they were' }),
  })
  .meta({ id: 'Ruled' })

export const rulingsAnswer = z
  .object({
    workId: z.uuid(),
    revision: count,
    state: z.string(),
    redirectTo: z.uuid().nullable(),
    members: z.array(z.uuid()),
    rulings: z.array(ruling),
  })
  .meta({ id: 'Rulings' })

export const pageOf = (item: z.ZodType, name: string) =>
  z
    .object({ items: z.array(item), next: z.string().nullable().meta({ description: 'null on the last page' }) })
    .meta({ id: name })

export const signedIn = z.object({ profileId: z.uuid() })

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: count,
    code: z.string(),
    detail: z.string(),
    requestId: z.string(),
    errors: z
      .array(z.object({ code: z.string(), detail: z.string(), pointer: z.string().optional() }).loose())
      .optional(),
  })
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457; `code` is stable' })

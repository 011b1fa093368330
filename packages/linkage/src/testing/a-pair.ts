import type { DecidedSlot, ProfileFeatures, ProfileIdentityFeatures, SlotFeatures, WorkFeatures } from '../types.ts'

export const aWork = (work: Partial<WorkFeatures> = {}): WorkFeatures => ({
  workId: 'work',
  title: 'Drift of plastic in northern estuaries',
  year: 2018,
  type: 'article',
  venue: null,
  issns: [],
  subjects: [],
  byline: [],
  ...work,
})

export const aSlot = (name: string, slot: Partial<SlotFeatures> = {}): SlotFeatures => ({
  slotId: 'slot',
  workId: 'work',
  position: 1,
  collective: false,
  names: [{ name, given: null, family: null }],
  orcids: [],
  sourceIds: [],
  emails: [],
  affiliations: [],
  mentionKeys: ['mention'],
  ...slot,
})

export const aProfile = (name: string, profile: Partial<ProfileFeatures> = {}): ProfileFeatures => ({
  profileId: 'profile',
  names: [{ name, given: null, family: null }],
  identities: [],
  affiliations: [],
  confirmed: [],
  rejected: [],
  ...profile,
})

export const anIdentity = (
  type: string,
  value: string,
  identity: Partial<ProfileIdentityFeatures> = {},
): ProfileIdentityFeatures => ({
  type,
  value,
  verifiedAt: 1,
  policy: 'auto_suggest',
  ownership: 'mine',
  ...identity,
})

/** A confirmed or rejected slot of a work written with others. */
export const aDecided = (name: string, others: readonly string[], slot: Partial<SlotFeatures> = {}): DecidedSlot => ({
  slot: aSlot(name, { slotId: 'decided', mentionKeys: ['decided-mention'], ...slot }),
  work: aWork({
    title: null,
    byline: [name, ...others].map((one, at) => ({
      slotId: at === 0 ? 'decided' : `d${at}`,
      name: { name: one, given: null, family: null },
    })),
  }),
})

export const aByline = (self: string, others: readonly string[]): WorkFeatures['byline'] =>
  [self, ...others].map((name, at) => ({
    slotId: at === 0 ? 'slot' : `s${at}`,
    name: { name, given: null, family: null },
  }))

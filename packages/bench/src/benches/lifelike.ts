import { createHash } from 'node:crypto'
import type { Candidate } from '@atlas/schemas'

/** A candidate as large as most are (about 0.9 kB), each with ids and a title of its own. */
export function lifelikeCandidate(seed: number, index: number): Candidate {
  const id = (what: string) => uuidOf(`${what} ${seed} ${index}`)
  return {
    eventId: id('event'),
    revision: index + 1,
    candidateId: id('candidate'),
    kind: 'work_authorship',
    profileId: uuidOf(`profile ${index % 2_000}`),
    profileRevision: 3,
    workId: id('work'),
    workRevision: 2,
    slotId: id('slot'),
    slotRevision: 2,
    slotName: 'Élodie Müller-García',
    slotPosition: 2,
    collective: false,
    identityScheme: null,
    identityValue: null,
    title: `On the drainage of peat and the return of Sphagnum, part ${index}`,
    year: 2001 + (index % 24),
    sources: ['crossref', 'openalex'],
    mentions: [
      { key: id('mention'), recordId: id('record'), version: 1, position: 2 },
      { key: id('mention b'), recordId: id('record b'), version: 4, position: 2 },
    ],
    score: 0.9731,
    logOdds: 5.18,
    reasons: [
      { type: 'prior', level: 'frequency', weight: -8.9, details: 'about 1 in 470 profiles' },
      { type: 'name', level: 'exact', weight: 9.7, details: 'Élodie Müller-García' },
      { type: 'affiliation', level: 'same_institution', weight: 4.38, details: 'Made-up University' },
    ],
    modelVersion: 'attribution/2',
    evidence: createHash('sha256').update(`${seed} ${index}`).digest('hex'),
    evidenceItems: ['name:elodie mullergarcia', 'ror:0abcdef12'],
    replaces: [],
    withdrawn: false,
    withdrawnReason: null,
    blockRank: 1,
    alternatives: 0,
    causedBy: [id('record'), id('record b')],
    createdAt: 1_760_000_000_000 + index,
  }
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

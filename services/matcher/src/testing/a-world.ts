// Builders for tests: values as ingest, profiles and the verifier would publish them.
import { createHash } from 'node:crypto'
import { mentionKeyOf, recordIdOf, snapshotEventId } from '@atlas/identifiers'
import type { Received } from '@atlas/runtime'
import {
  type Act,
  type Profile,
  type RecordAuthor,
  type RecordSnapshot,
  recordAffiliationDefaults,
  recordAuthorDefaults,
  recordDefaults,
  recordVenueDefaults,
} from '@atlas/schemas'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A stable UUID for a readable name. */
export function uuidOf(name: string): string {
  const hex = sha256(name)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export interface AuthorGiven {
  /** "Given Family". */
  readonly name: string
  readonly orcid?: string
  readonly affiliation?: string
  readonly ror?: string
  readonly aliases?: readonly string[]
}

export interface RecordGiven {
  readonly source?: string
  readonly sourceId: string
  readonly version?: number
  readonly title?: string
  readonly doi?: string
  readonly year?: number
  readonly authors?: readonly (string | AuthorGiven)[]
  readonly deleted?: boolean
  readonly suppressed?: boolean
  readonly venue?: string
  readonly type?: string
  /** What it says beside. */
  readonly adds?: Partial<RecordSnapshot>
}

export function aRecord(given: RecordGiven): RecordSnapshot {
  const { source = 'openalex', sourceId, version = 1, title = `On the matter of ${sourceId}`, doi, year = 2020 } = given
  const recordId = recordIdOf(source, sourceId)
  const seen = new Map<string, number>()
  const authors = (given.authors ?? ['Ada Lovelace']).map((one, index) => {
    const author = typeof one === 'string' ? { name: one } : one
    const folded = author.name.toLowerCase()
    const nth = (seen.get(folded) ?? 0) + 1
    seen.set(folded, nth)
    return anAuthor(author, mentionKeyOf(recordId, folded, nth), index + 1)
  })
  const content = JSON.stringify([title, doi, year, authors, given.venue, given.type, given.adds])
  return {
    ...recordDefaults,
    eventId: snapshotEventId('records', recordId, version),
    version,
    recordId,
    source,
    sourceId,
    normaliser: `${source}/1`,
    rawVersion: version,
    checksum: sha256(content),
    fetchedAt: 1_700_000_000_000,
    deleted: given.deleted ?? false,
    suppressed: given.suppressed ?? false,
    fingerprints: {
      identity: sha256(content),
      bibliographic: sha256(`b${content}`),
      volatile: '',
      cosmetic: sha256(''),
    },
    title,
    titles: [{ text: title, language: null, kind: 'main' }],
    type: given.type ?? 'article',
    published: { year, month: null, day: null },
    language: 'en',
    venue: given.venue === undefined ? null : aVenue(given.venue),
    identifiers: doi === undefined ? [] : [{ scheme: 'doi', value: doi, relation: 'self' }],
    authors,
    ...given.adds,
  }
}

function aVenue(name: string) {
  return { ...recordVenueDefaults, name, type: 'journal' }
}

function anAuthor(given: AuthorGiven, mentionKey: string, position: number): RecordAuthor {
  const { name, orcid = null, affiliation, ror = null, aliases = [] } = given
  const family = name.split(' ').at(-1) ?? name
  return {
    ...recordAuthorDefaults,
    mentionKey,
    aliases,
    position,
    name,
    given: name.slice(0, -family.length).trim() || null,
    family,
    orcid,
    affiliations: affiliation === undefined ? [] : [{ ...recordAffiliationDefaults, name: affiliation, ror }],
  }
}

export interface ProfileGiven {
  readonly id: string
  readonly revision?: number
  readonly names: readonly string[]
  readonly orcid?: string
  readonly affiliation?: string
  readonly ror?: string
  readonly state?: 'active' | 'merged' | 'erased'
}

export function aProfile({
  id,
  revision = 1,
  names,
  orcid,
  affiliation,
  ror,
  state = 'active',
}: ProfileGiven): Profile {
  const profileId = uuidOf(id)
  return {
    eventId: snapshotEventId('profiles', profileId, revision),
    revision,
    profileId,
    state,
    mergedInto: state === 'merged' ? uuidOf('survivor') : null,
    displayName: names[0] ?? '',
    names: names.map((name, index) => {
      const family = name.split(' ').at(-1) ?? name
      return { name, given: name.slice(0, -family.length).trim() || null, family, primary: index === 0 }
    }),
    identities:
      orcid === undefined
        ? []
        : [
            {
              identityId: uuidOf(`${id} orcid`),
              type: 'orcid',
              value: orcid,
              primary: true,
              method: 'orcid_oauth',
              verifiedAt: 1_700_000_000_000,
              policy: 'auto_suggest',
              ownership: 'mine',
            },
          ],
    affiliations:
      affiliation === undefined
        ? []
        : [{ name: affiliation, ror: ror ?? null, country: null, fromYear: null, toYear: null }],
    institutionId: null,
    institutions: [],
    autoConfirmThreshold: null,
    autoRejectThreshold: null,
    watchedSources: [],
    visibility: 'institution',
    language: 'en',
    notificationFrequency: 'weekly',
  }
}

/** A message as it lies in the log; where exactly is nobody's business here. */
export function received<T>(value: T, topic = 'records'): Received<T> {
  return {
    value,
    raw: {
      topic,
      partition: 0,
      offset: 0n,
      key: null,
      value: null,
      headers: new Map(),
      timestampMs: 1_700_000_000_000,
    },
  }
}

export function anAct(given: Pick<Act, 'profileId' | 'seq' | 'kind'> & Partial<Act>): Act {
  const actId = uuidOf(`${given.profileId} act ${given.seq}`)
  const hash = Buffer.alloc(32)
  return {
    eventId: actId,
    actId,
    chainSeq: given.seq,
    hashVersion: 1,
    prevHash: hash,
    hash,
    questionRef: uuidOf(`question of ${actId}`),
    questionVersion: 1,
    statusAfter: 'confirmed',
    flagsAfter: [],
    stateChanging: true,
    confidence: 'certain',
    decidedAt: 1_700_000_000_000,
    actor: given.profileId,
    actorRole: 'researcher',
    onBehalfOf: null,
    via: 'web',
    batchId: null,
    supersedes: null,
    commandKey: null,
    candidateRevision: null,
    score: null,
    modelVersion: null,
    threshold: null,
    reason: null,
    keyId: uuidOf('key'),
    sealedAbout: Buffer.alloc(0),
    sealedPrivate: null,
    clientKeyId: null,
    sealedClient: null,
    about: null,
    ...given,
  }
}

/** What a person says of the first author of a record. */
export function anAnswer(
  person: string,
  seq: number,
  kind: 'confirm' | 'reject' | 'reopen',
  { recordId, authors: [author] }: RecordSnapshot,
): Act {
  const about = {
    candidateId: uuidOf('c'),
    workId: uuidOf('w'),
    slotId: uuidOf('s'),
    relatedWorkId: null,
    candidateKind: 'work_authorship',
    evidence: '',
    mentions: author ? [{ key: author.mentionKey, recordId, version: 1, position: 1 }] : [],
  }
  return anAct({ profileId: uuidOf(person), seq, kind, about })
}

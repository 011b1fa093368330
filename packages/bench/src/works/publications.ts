import { createHash } from 'node:crypto'
import { mentionKeyOf, recordIdOf, snapshotEventId } from '@atlas/identifiers'
import { type RecordSnapshot, recordAuthorDefaults, recordDefaults, recordVenueDefaults } from '@atlas/schemas'
import { type Random, randomOf } from '@atlas/testing/world'
import { anyNaming } from '../people/people.ts'
import { skewOf } from '../people/skew.ts'
import { madeTitle } from './titles.ts'

/** A publication as it really was; sources describe it each in its own way. */
export interface MadePublication {
  readonly index: number
  readonly title: string
  readonly doi: string | undefined
  readonly year: number
  readonly venue: string
  readonly volume: number
  readonly page: number
  readonly authors: readonly MadeAuthor[]
}

interface MadeAuthor {
  readonly given: string
  readonly family: string
}

// One to five, two in the mean: fewer than in life, so that a million works with their slots take 10 GB.
const bylines = skewOf(5, 1.4, 0.5)
const venues = skewOf(20_000, 0.9, 5)
const WITH_DOI = 0.85
const IN_TWO_SOURCES = 0.15

/** Publication `index` of a stream without an end: the same however many are asked for. */
export function publicationOf(seed: string, index: number): MadePublication {
  const random = randomOf(seed, 'publication', index)
  return {
    index,
    title: madeTitle(random),
    doi: random.chance(WITH_DOI) ? `10.5555/${seed}.${index}` : undefined,
    year: 1995 + random.int(30),
    venue: `Journal of Made Things ${venues(random)}`,
    volume: 1 + random.int(80),
    page: 1 + random.int(3_000),
    authors: Array.from({ length: 1 + bylines(random) }, () => anAuthor(random)),
  }
}

/** How the world first heard of it: from one source, or from two. */
export function recordsOf(seed: string, made: MadePublication): readonly RecordSnapshot[] {
  const inTwo = randomOf(seed, 'sources', made.index).chance(IN_TWO_SOURCES)
  return [recordOf(made, 'openalex'), ...(inTwo ? [recordOf(made, 'crossref')] : [])]
}

/** What one source says of it. */
export function recordOf(made: MadePublication, source: string, version = 1): RecordSnapshot {
  const sourceId = `${made.index}`
  const recordId = recordIdOf(source, sourceId)
  const content = createHash('sha256').update(JSON.stringify(made)).digest('hex')
  return {
    ...recordDefaults,
    eventId: snapshotEventId('records', recordId, version),
    version,
    recordId,
    source,
    sourceId,
    normaliser: `${source}/1`,
    rawVersion: version,
    checksum: content,
    fetchedAt: 1_700_000_000_000,
    fingerprints: { identity: content, bibliographic: content, volatile: '', cosmetic: '' },
    title: made.title,
    type: 'article',
    published: { year: made.year, month: null, day: null },
    language: 'en',
    venue: {
      ...recordVenueDefaults,
      name: made.venue,
      type: 'journal',
      volume: `${made.volume}`,
      firstPage: `${made.page}`,
    },
    identifiers: made.doi === undefined ? [] : [{ scheme: 'doi', value: made.doi, relation: 'self' }],
    authors: made.authors.map(({ given, family }, at) => ({
      ...recordAuthorDefaults,
      mentionKey: mentionKeyOf(recordId, `${given} ${family}`, at),
      position: at + 1,
      name: `${given} ${family}`,
      given,
      family,
    })),
  }
}

function anAuthor(random: Random): MadeAuthor {
  const { family, given } = anyNaming(random).draw(random)
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  return { given: given.map(capital).join(' '), family: capital(family) }
}

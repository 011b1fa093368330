import { type Faults, printed } from './byline.ts'
import { crossrefRecord } from './formats/crossref.ts'
import type { Described } from './formats/described.ts'
import { halIdOf, halRecord } from './formats/hal.ts'
import { openalexIdOf, openalexRecord } from './formats/openalex.ts'
import { pmidOf, pubmedRecord } from './formats/pubmed.ts'
import { familyIn, type Person, personOf, profileIdOf } from './person.ts'
import { type Publication, publicationOf, type WorldSize } from './publication.ts'
import { randomOf } from './random.ts'
import { INSTITUTIONS, rorOf } from './vocabulary.ts'

export type WorldSource = 'openalex' | 'crossref' | 'hal' | 'pubmed'

/** One record in its source's own format, and what is true of it. */
export interface WorldRecord {
  readonly source: WorldSource
  /** The source's own id in its normal form, as ingest knows the record. */
  readonly sourceId: string
  /** One line: JSON, or for PubMed an XML element. */
  readonly line: string
  readonly publication: number
  /** Late corrections come after everything else and replace an earlier line of the same record. */
  readonly correction: boolean
  readonly doi: string
  /** The person behind each author entry, in the order of the record. */
  readonly authors: readonly number[]
}

/** A researcher as he would introduce himself. */
export interface WorldProfile {
  readonly profileId: string
  readonly person: number
  readonly displayName: string
  readonly names: readonly {
    readonly name: string
    readonly given: string
    readonly family: string
    readonly primary: boolean
  }[]
  readonly orcid: string | undefined
  readonly affiliations: readonly {
    readonly name: string
    readonly ror: string
    readonly country: string
    readonly fromYear: number
    readonly toYear: number | null
  }[]
}

export interface World {
  readonly size: WorldSize
  profiles(): Generator<WorldProfile>
  /** Records of publications `from` (included) to `to` (excluded); the same range gives the same bytes. */
  records(from: number, to: number): Generator<WorldRecord>
  publication(index: number): Publication
}

/** Shares of publications a source describes, and its faults: of our own guess, each in the spirit of the source. */
const SOURCES: Readonly<Record<WorldSource, { readonly coverage: number; readonly faults: Faults }>> = {
  openalex: {
    coverage: 0.95,
    faults: {
      initials: 0.12,
      noDiacritics: 0.1,
      swapped: 0.15,
      orcidGiven: 0.55,
      orcidOfNeighbour: 0.01,
      truncateAfter: 100,
    },
  },
  crossref: {
    coverage: 0.9,
    faults: {
      initials: 0.2,
      noDiacritics: 0.08,
      swapped: 0.1,
      orcidGiven: 0.35,
      orcidOfNeighbour: 0.005,
      truncateAfter: Number.MAX_SAFE_INTEGER,
    },
  },
  hal: {
    coverage: 0.3,
    faults: {
      initials: 0.03,
      noDiacritics: 0.02,
      swapped: 0.02,
      orcidGiven: 0,
      orcidOfNeighbour: 0,
      truncateAfter: Number.MAX_SAFE_INTEGER,
    },
  },
  pubmed: {
    coverage: 0.35,
    faults: { initials: 0.3, noDiacritics: 0.4, swapped: 0.1, orcidGiven: 0.2, orcidOfNeighbour: 0, truncateAfter: 25 },
  },
}

/** A made-up world of researchers and what sources say of their publications, with the truth known. Nothing is kept. */
export function createWorld(size: WorldSize): World {
  return {
    size,
    publication: (index) => publicationOf(size, index),
    *profiles() {
      for (let index = 0; index < size.researchers; index++) yield profileOf(size.seed, personOf(size.seed, index))
    },
    *records(from, to) {
      for (let index = from; index < to; index++) yield* recordsOf(size, publicationOf(size, index))
      for (let index = from; index < to; index++) yield* correctionsOf(size, publicationOf(size, index))
    },
  }
}

function* recordsOf(size: WorldSize, publication: Publication): Generator<WorldRecord> {
  let described = 0
  for (const source of Object.keys(SOURCES) as WorldSource[]) {
    const random = randomOf(size.seed, source, publication.index)
    if (!random.chance(SOURCES[source].coverage)) continue
    described++
    yield recordOf(size, source, publication, false, false)
    if (publication.preprintDoi && (source === 'openalex' || source === 'crossref'))
      yield recordOf(size, source, publication, true, false)
  }
  // Somebody describes everything, or it would not be known.
  if (described === 0) yield recordOf(size, 'crossref', publication, false, false)
}

/** One in thirty records of OpenAlex comes again, with what it had got wrong put right. */
function* correctionsOf(size: WorldSize, publication: Publication): Generator<WorldRecord> {
  const random = randomOf(size.seed, 'openalex', publication.index)
  if (!random.chance(SOURCES.openalex.coverage)) return
  if (randomOf(size.seed, 'correction', publication.index).chance(1 / 30))
    yield recordOf(size, 'openalex', publication, false, true)
}

const CLEAN: Faults = {
  initials: 0,
  noDiacritics: 0,
  swapped: 0,
  orcidGiven: 0.8,
  orcidOfNeighbour: 0,
  truncateAfter: Number.MAX_SAFE_INTEGER,
}

function recordOf(
  size: WorldSize,
  source: WorldSource,
  publication: Publication,
  preprint: boolean,
  correction: boolean,
): WorldRecord {
  const random = randomOf(
    size.seed,
    source,
    publication.index,
    preprint ? 'preprint' : 'article',
    correction ? 'corrected' : 'first',
  )
  const authors = printed(publication.authors, correction ? CLEAN : SOURCES[source].faults, random)
  const described: Described = {
    preprint,
    updated: `2026-${correction ? '09' : '03'}-${String(1 + (publication.index % 28)).padStart(2, '0')}T08:00:00.000Z`,
  }
  const common = {
    source,
    sourceId: sourceIdOf(source, publication, preprint),
    publication: publication.index,
    correction,
    doi: preprint ? (publication.preprintDoi ?? publication.doi) : publication.doi,
    authors: authors.map((author) => author.truth),
  }
  if (source === 'pubmed') return { ...common, line: pubmedRecord(publication, authors, described) }
  const write = { openalex: openalexRecord, crossref: crossrefRecord, hal: halRecord }[source]
  return { ...common, line: JSON.stringify(write(publication, authors, described)) }
}

function sourceIdOf(source: WorldSource, publication: Publication, preprint: boolean): string {
  switch (source) {
    case 'openalex':
      return openalexIdOf(publication, preprint)
    case 'crossref':
      return (preprint ? publication.preprintDoi : undefined) ?? publication.doi
    case 'hal':
      return halIdOf(publication)
    case 'pubmed':
      return pmidOf(publication)
  }
}

function profileOf(seed: string, person: Person): WorldProfile {
  const { given, family } = person
  const later = familyIn(person, person.lastYear)
  const names = [family, ...(later === family ? [] : [later])].map((used, index) => ({
    name: `${given} ${used}`,
    given,
    family: used,
    primary: index === 0,
  }))
  return {
    profileId: profileIdOf(seed, person.index),
    person: person.index,
    displayName: `${given} ${family}`,
    names,
    orcid: person.hasOrcid ? person.orcid : undefined,
    affiliations: person.jobs.map((job, index) => {
      const institution = INSTITUTIONS[job.institution]
      const next = person.jobs[index + 1]
      return {
        name: institution?.name ?? 'Institution',
        ror: rorOf(job.institution),
        country: institution?.country ?? 'FR',
        fromYear: job.from,
        toYear: next ? next.from : null,
      }
    }),
  }
}

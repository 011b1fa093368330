import type { LineResult, PreparedLine } from '../arriving.ts'
import type { Framed } from '../formats/framed.ts'
import type { People } from '../packed-content.ts'

/** What was read, beside what became of it. Of records that are known already nothing is read. */
export interface Reading extends People {
  /** Refused records by the first of their mistakes. */
  readonly refused: Readonly<Record<string, number>>
  /** Where the file, or the first such file of an archive, could not be read on: how much is missing nobody knows. */
  readonly brokenOff: BrokenOff | null
}

export interface BrokenOff {
  readonly code: string
  readonly detail: string
}

export const NOTHING_READ: Reading = {
  authors: 0,
  authorsWithOrcid: 0,
  affiliations: 0,
  affiliationsWithRor: 0,
  refused: {},
  brokenOff: null,
}

export function readingOf(lines: readonly PreparedLine[], framed: readonly Framed[]): Reading {
  const reading = { authors: 0, authorsWithOrcid: 0, affiliations: 0, affiliationsWithRor: 0 }
  for (const line of lines) {
    if (line.type !== 'arriving' || line.content === 'deletion') continue
    const { authors, authorsWithOrcid, affiliations, affiliationsWithRor } = line.content.people
    reading.authors += authors
    reading.authorsWithOrcid += authorsWithOrcid
    reading.affiliations += affiliations
    reading.affiliationsWithRor += affiliationsWithRor
  }
  return { ...reading, refused: {}, brokenOff: brokenOffIn(framed) }
}

function brokenOffIn(framed: readonly Framed[]): BrokenOff | null {
  for (const one of framed) {
    if (one.ok || !one.error.fatal) continue
    const { code, detail, ordinal, line, column, entry } = one.error
    const place =
      line === undefined ? `record ${ordinal}` : `line ${line}${column === undefined ? '' : `, column ${column}`}`
    return { code, detail: `${entry === undefined ? '' : `"${entry.name}", `}${place}: ${detail}` }
  }
  return null
}

/** Decided when the chunk is: a record may be refused for what is stored. */
export function withRefused(reading: Reading, results: readonly LineResult[]): Reading {
  const refused: Record<string, number> = { ...reading.refused }
  for (const { errors } of results) {
    const code = errors?.[0]?.code
    if (code !== undefined) refused[code] = (refused[code] ?? 0) + 1
  }
  return { ...reading, refused }
}

export function addReading(a: Reading, b: Reading): Reading {
  const refused: Record<string, number> = { ...a.refused }
  for (const [code, count] of Object.entries(b.refused)) refused[code] = (refused[code] ?? 0) + count
  return {
    authors: a.authors + b.authors,
    authorsWithOrcid: a.authorsWithOrcid + b.authorsWithOrcid,
    affiliations: a.affiliations + b.affiliations,
    affiliationsWithRor: a.affiliationsWithRor + b.affiliationsWithRor,
    refused,
    brokenOff: a.brokenOff ?? b.brokenOff,
  }
}

/** What an import says of one source at its end. */
export interface ImportedSource {
  readonly source: string
  readonly files: number
  readonly failed: number
  readonly records: number
  readonly counts: Readonly<Record<'stored' | 'updated' | 'duplicate' | 'stale' | 'refused', number>>
  readonly reading: {
    readonly authors: number
    readonly authorsWithOrcid: number
    readonly affiliations: number
    readonly affiliationsWithRor: number
    readonly refused: Readonly<Record<string, number>>
  }
  /** Files that failed, by the reason. */
  readonly failures: Readonly<Record<string, number>>
}

/** Works that have a record of a source, and those of them that another source describes, too. */
export interface SourceWorks {
  readonly source: string
  readonly works: number
  readonly shared: number
}

const HEAD = [
  ...['source', 'files', 'records', 'stored', 'updated', 'duplicate', 'stale', 'refused'],
  ...['authors', 'with ORCID', 'affiliations', 'with ROR'],
]

/** A row a source and one for all; below it what was refused, by code. */
export function importTable(sources: readonly ImportedSource[], works?: readonly SourceWorks[]): string {
  const of = new Map(works?.map((one) => [one.source, one]))
  const rows = sources.map((one) => [one.source, ...numbersOf(one), ...worksOf(works && of.get(one.source))])
  const head = works ? [...HEAD, 'works', 'shared'] : HEAD
  const total = head.map((_, at) => {
    if (at === 0) return 'all'
    // A work of several sources stands in each of their rows.
    return at >= HEAD.length ? '' : String(rows.reduce((sum, row) => sum + Number(row[at]), 0))
  })
  const refused = sources.flatMap(refusedOf)
  return [...aligned([head, ...rows, ...(rows.length > 1 ? [total] : [])]), ...refused].join('\n')
}

function numbersOf({ files, records, counts, reading }: ImportedSource): string[] {
  const { stored, updated, duplicate, stale, refused } = counts
  const { authors, authorsWithOrcid, affiliations, affiliationsWithRor } = reading
  return [
    files,
    records,
    stored,
    updated,
    duplicate,
    stale,
    refused,
    authors,
    authorsWithOrcid,
    affiliations,
    affiliationsWithRor,
  ].map(String)
}

function worksOf(works: SourceWorks | undefined): string[] {
  return works ? [String(works.works), String(works.shared)] : []
}

function refusedOf({ source, reading, failures }: ImportedSource): string[] {
  const records = Object.entries(reading.refused).map(([code, count]) => `${source}: ${count} refused, ${code}`)
  const files = Object.entries(failures).map(([code, count]) => `${source}: ${count} of the files failed, ${code}`)
  return [...records, ...files]
}

/** Columns as wide as their widest cell; all but the first to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

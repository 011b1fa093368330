import { join } from 'node:path'
import { clusterWorks, linksAmong } from '../src/index.ts'
import { type LabelledRecord, readLines, recordOf } from './labelled-sets.ts'

export interface PairFigures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly seconds: number
}

/** DBLP against ACM: pairs of one work in one cluster, against the published matches. */
export function dblpAcm(
  folder: string,
): PairFigures & { readonly wrong: readonly string[]; readonly missed: readonly string[] } {
  const records = readLines<LabelledRecord>(join(folder, 'dblp-acm/records.jsonl.gz')).map(recordOf)
  const truth = new Set(
    readLines<{ left: string; right: string }>(join(folder, 'dblp-acm/matches.jsonl.gz')).map(
      ({ left, right }) => `${left} ${right}`,
    ),
  )
  const started = process.cpuUsage()
  const works = clusterWorks({ records, links: linksAmong(records), constraints: [] })
  const { user } = process.cpuUsage(started)
  const found = new Set(
    works.flatMap(({ members }) => {
      const ids = members.map(({ recordId }) => recordId)
      const [dblp, acm] = [ids.filter((id) => id.startsWith('dblp')), ids.filter((id) => id.startsWith('acm'))]
      return dblp.flatMap((left) => acm.map((right) => `${left} ${right}`))
    }),
  )
  const right = [...found].filter((pair) => truth.has(pair)).length
  const [precision, recall] = [right / found.size, right / truth.size]
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    seconds: user / 1e6,
    wrong: [...found].filter((pair) => !truth.has(pair)),
    missed: [...truth].filter((pair) => !found.has(pair)),
  }
}

export interface SearchFigures {
  readonly sensitivity: number
  readonly specificity: number
  readonly works: number
}

/** A real literature search: duplicates removed, unique records kept, number of works (584 in truth). */
export function asysd(folder: string): SearchFigures {
  const records = readLines<LabelledRecord>(join(folder, 'asysd-diabetes/records.jsonl.gz'))
  const labels = new Map(
    readLines<{ record: string; duplicate: boolean }>(join(folder, 'asysd-diabetes/labels.jsonl.gz')).map(
      ({ record, duplicate }) => [record, duplicate ? 'duplicate' : 'unique'],
    ),
  )
  const works = clusterWorks({ records: records.map((record) => recordOf(withAuthors(record))), constraints: [] })
  // Of each work one record is kept: the one labelled unique where there is one.
  const kept = new Set(
    works.map(
      ({ members }) => (members.find(({ recordId }) => labels.get(recordId) === 'unique') ?? members[0])?.recordId,
    ),
  )
  const duplicates = records.filter(({ id }) => labels.get(id) === 'duplicate')
  const unique = records.filter(({ id }) => labels.get(id) === 'unique')
  return {
    sensitivity: duplicates.filter(({ id }) => !kept.has(id)).length / duplicates.length,
    specificity: unique.filter(({ id }) => kept.has(id)).length / unique.length,
    works: works.length,
  }
}

// The export has all authors in one string: "Dworak M.Gruenberger J. B.Bader G."
export function withAuthors(record: LabelledRecord): LabelledRecord {
  const authors: unknown = record.authors
  if (typeof authors !== 'string') return record
  const parts: string[] = authors.split(/;|(?<=\.)(?=\p{Lu}\p{L})/u).map((part) => part.trim())
  return { ...record, authors: parts.filter((part) => part !== '').map((name) => ({ name })) }
}

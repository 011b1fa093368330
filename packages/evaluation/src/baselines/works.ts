import { foldTitle } from '@atlas/identifiers'
import type { Link, LinkageRecord, Verdict } from '@atlas/linkage'
import { clustersOf, type WorkEngine } from '../engine/works.ts'

/** What rules for works have to be better than. */
export interface WorkBaseline {
  readonly name: string
  readonly says: string
  readonly engine: WorkEngine
}

export const WORK_BASELINES: readonly WorkBaseline[] = [
  { name: 'title-year', says: 'equal title and year', engine: equalKeys('title-year', titleAndYear) },
  { name: 'same-doi', says: 'the same DOI, and nothing else', engine: equalKeys('same-doi', ownDois) },
]

export const WORK_BASELINE_NAMES: readonly string[] = WORK_BASELINES.map(({ name }) => name)

export function workBaselineNamed(name: string): WorkBaseline {
  const baseline = WORK_BASELINES.find((one) => one.name === name)
  if (baseline === undefined) throw new Error(`no baseline "${name}"; there is ${WORK_BASELINE_NAMES.join(', ')}`)
  return baseline
}

/** Whoever shares a key is one work. */
function equalKeys(name: string, keysOf: (record: LinkageRecord) => readonly string[]): WorkEngine {
  const sharedKeys = (a: LinkageRecord, b: LinkageRecord): readonly string[] => {
    const others = new Set(keysOf(b))
    return keysOf(a).filter((key) => others.has(key))
  }
  return {
    model: name,
    cleanSources: [],
    cluster: (records) => joined(name, records, keysOf),
    compare(left, right): Verdict {
      const evidence = sharedKeys(left, right)
      return { status: evidence.length > 0 ? 'exact' : 'different', reason: name, evidence }
    },
    meet: (left, right) => sharedKeys(left, right).length > 0,
  }
}

function joined(
  name: string,
  records: readonly LinkageRecord[],
  keysOf: (record: LinkageRecord) => readonly string[],
): ReturnType<WorkEngine['cluster']> {
  const root = new Map(records.map(({ recordId }) => [recordId, recordId]))
  const rootOf = (id: string): string => {
    const up = root.get(id) ?? id
    return up === id ? id : rootOf(up)
  }
  const holders = new Map<string, string>()
  const links: Link[] = []
  for (const record of records.toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))) {
    for (const key of keysOf(record)) {
      const holder = holders.get(key)
      if (holder === undefined) holders.set(key, record.recordId)
      else if (rootOf(holder) !== rootOf(record.recordId)) {
        root.set(rootOf(record.recordId), rootOf(holder))
        links.push({ left: holder, right: record.recordId, status: 'exact', reason: name, evidence: [key] })
      }
    }
  }
  const groups = Map.groupBy(root.keys(), rootOf)
  return clustersOf([...groups.values()], links)
}

function titleAndYear({ title, published }: LinkageRecord): readonly string[] {
  const folded = foldTitle(title ?? '').replaceAll(' ', '')
  return folded === '' ? [] : [`${folded} ${published?.year ?? ''}`]
}

function ownDois({ identifiers }: LinkageRecord): readonly string[] {
  return identifiers.filter(({ scheme, relation }) => scheme === 'doi' && relation === 'self').map(({ value }) => value)
}

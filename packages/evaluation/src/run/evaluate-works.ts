import type { LinkageRecord } from '@atlas/linkage'
import { linkageRecordOf } from '../engine/linkage-record.ts'
import type { WorkEngine } from '../engine/works.ts'
import { readWorkMatches } from '../match/read-work-matches.ts'
import { workMatches, workPairMatches } from '../match/works.ts'
import { readWorkSet, type WorkSet } from '../neutral/read-work-set.ts'
import { readWorkTruths, type WorkTruths } from '../truth/read-work-truths.ts'
import type { Said } from './said.ts'
import { type WorkResult, workResult } from './work-result.ts'

/** A set read once, with what is true of it, to score any number of engines over. */
export interface WorkBench {
  readonly set: WorkSet
  readonly form: WorkTruths['form']
  run(engine: WorkEngine): WorkResult
  /** Lines that somebody else made. */
  ofFile(file: string, model: string): Promise<WorkResult>
}

export async function openWorkBench(folder: string): Promise<WorkBench> {
  const set = await readWorkSet(folder)
  const truths = await readWorkTruths(folder, set)
  const records = set.records.map(linkageRecordOf)
  return {
    set,
    form: truths.form,
    run: (engine) => workResult(set.name, records, truths, saidBy(engine, set, records)),
    async ofFile(file, model) {
      const said = await readWorkMatches(file, set)
      return workResult(set.name, records, truths, { model, cleanSources: [], engine: null, links: [], ...said })
    },
  }
}

function saidBy(engine: WorkEngine, { pairs }: WorkSet, records: readonly LinkageRecord[]): Said {
  const { model, cleanSources } = engine
  if (pairs !== null)
    return { model, cleanSources, engine, links: [], clusters: [], pairs: [...workPairMatches(records, pairs, engine)] }
  const found = engine.cluster(records)
  return {
    model,
    cleanSources,
    engine,
    links: found.links,
    clusters: clustersIn(workMatches(records, found)),
    pairs: [],
  }
}

/** What lines say, as groups: scored is what is written. */
export function clustersIn(
  matches: readonly { readonly record: string; readonly cluster: string }[],
): Said['clusters'] {
  return [...Map.groupBy(matches, ({ cluster }) => cluster).values()].map((group) => group.map(({ record }) => record))
}

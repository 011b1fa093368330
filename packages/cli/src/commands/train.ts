import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { recordsIn } from '../records-in.ts'

interface Options {
  readonly authors: readonly string[]
  readonly pairs: readonly string[]
  readonly judge: readonly string[]
  readonly texts?: string
  readonly out?: string
  readonly version: string
}

const each = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** Makes a model file from labelled sets, and says how models of the same kind do on names they have never seen. */
export function trainCommand(context: Context): Command {
  return new Command('train')
    .description('learn a model of the matching engine from labelled sets in the neutral form; needs no deployment')
    .option('--authors <folder>', 'a stream of slots with profiles to learn from; may be given again', each, [])
    .option('--pairs <folder>', 'pairs of slots to learn from; may be given again', each, [])
    .option('--judge <folder>', 'a stream to judge and not to learn from; may be given again', each, [])
    .option('--texts <folder>', 'record files of many fields: how often words and venues are met is counted in them')
    .option('--out <file>', 'where the model goes; without it only the figures are printed')
    .option('--version <name>', 'what the model is called', 'attribution/2')
    .addHelpText('after', HELP)
    .action((options: Options) => train(context, options))
}

const HELP = `
The figures are out of fold: each name block (surname and first initial) is judged by a model that was trained without it,
without its people and without its strangers, whatever names other sets give them. The same sets give the same bytes.

Example:
  atlas train --authors ../shared/data/benchmarks/acl --pairs ../shared/data/benchmarks/medline-pairs \\
    --judge ../shared/data/benchmarks/acl-collided --texts ../shared/data/samples --out model.json
  atlas evaluate authors --data ../shared/data/benchmarks/acl --model model.json`

async function train(context: Context, { authors, pairs, judge, texts, out, version }: Options): Promise<void> {
  const evaluation = await import('@atlas/evaluation')
  const { backgroundOf, judgePairs, judgeStream, modelText, prepare, TRAIN, table, trainModel } = evaluation
  const frequencies = texts === undefined ? TRAIN.frequencies : backgroundOf(await recordsIn(context, texts, undefined))
  const options = { ...TRAIN, version, frequencies }
  const prepared = await prepare({ authors, pairs, judged: judge }, options, context.note)
  const scored: Record<string, Record<string, number>> = {}
  for (const stream of prepared.streams) {
    context.note(`judging ${stream.name} out of fold`)
    const { set, precision, recall, f1, nilAccepted, nilTotal, ece, recallAt1, recallAtPrecision } = judgeStream(
      stream,
      prepared,
      options,
    )
    const [strict] = recallAtPrecision
    const recallAt995 = strict?.recall ?? 0
    scored[set] = rounded({ precision, recall, f1, nilAccepted, nilTotal, ece, recallAt1, recallAt995 })
  }
  for (const one of prepared.pairs) {
    context.note(`judging ${one.name} out of fold`)
    const { set, precision, recall, f1, ece } = judgePairs(one, prepared, options)
    scored[set] = rounded({ precision, recall, f1, ece })
  }
  context.print(table([FIGURES, ...Object.entries(scored).map(([set, of]) => rowOf(set, of))]))
  if (out === undefined) return
  await writeFile(out, modelText(trainModel(prepared, options, scored)))
  context.note(`${version} is in ${out}`)
}

const FIGURES = ['set', 'precision', 'recall', 'f1', 'nilAccepted', 'nilTotal', 'ece', 'recallAt1', 'recallAt995']

function rowOf(set: string, figures: Readonly<Record<string, number>>): string[] {
  return FIGURES.map((figure, at) => (at === 0 ? set : String(figures[figure] ?? '')))
}

function rounded(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10_000) / 10_000]))
}

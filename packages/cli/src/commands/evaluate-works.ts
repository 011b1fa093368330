import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { samplesIn } from '../samples-in.ts'

interface Options {
  readonly data?: string
  readonly samples?: string
  readonly withoutIdentifiers?: boolean
  readonly matches?: string
  readonly model?: string
  readonly baseline?: string
  readonly oneToOne?: readonly string[]
  readonly json?: boolean
  readonly report?: string
  readonly errors?: boolean
}

/** Scores what was said about which records describe one publication. */
export function worksCommand(context: Context): Command {
  return new Command('works')
    .description('which records describe one publication?')
    .option('--data <folder>', 'the set')
    .option('--samples <folder>', 'or record files of many sources, judged by the identifiers they share')
    .option('--without-identifiers', 'of --samples only what comes out with every identifier hidden')
    .option('--matches <file>', 'score these lines instead of running the engine')
    .option('--model <name>', 'of --matches: what they are called')
    .option('--baseline <name>', 'a rule instead of the engine: title-year, same-doi')
    .option(
      '--one-to-one <sources>',
      'sources that list every work once, with commas between; printed with and without',
      names,
    )
    .option('--json', 'one object of JSON')
    .option('--report <folder>', 'write report.html with plots, and report.json, there; runs the baselines, too')
    .option('--errors', 'list every wrong answer: both records, the rule, and what it looked at')
    .addHelpText('after', HELP)
    .action((options: Options) => evaluateWorks(context, options))
}

const HELP = `
DIR holds records.jsonl[.gz] and one file of truths:
  matches  {left, right}: every pair of one publication across two sources; precision, recall, F1
  labels   {record, duplicate}: unique or duplicate, not of which; sensitivity, specificity, number of works
  pairs    {left, right, same}: a verdict on each pair
Of a cluster of labelled records one is kept, a unique one where there is one. "Duplicates kept": clusters without a unique
record. "Distinct works lost": unique records beyond the first of a cluster.

A folder of samples is read with ingest's adapters, the works in ORCID records beside. What is true is said by identifiers: who
shares one is one work, who has other DOIs is another. Judged are preprints with their articles (made up: the samples have no
record of them), the DOIs that OpenAlex and Crossref both describe, two pulls of OpenAlex, and ORCID works with their Crossref
records; once with identifiers, once with all of them hidden from the engine.

Examples:
  atlas evaluate works --data ../shared/data/benchmarks/dblp-acm --errors
  atlas evaluate works --data ../shared/data/benchmarks/dblp-acm --one-to-one dblp,acm --report report/
  atlas evaluate works --data ../shared/data/benchmarks/asysd-diabetes --json
  atlas evaluate works --samples ../shared/data/samples --errors`

export function names(text: string): readonly string[] {
  return text.split(',').filter((name) => name !== '')
}

async function evaluateWorks(context: Context, options: Options): Promise<void> {
  const { data, samples, matches, model, baseline, oneToOne, json, report, errors } = options
  if ((data === undefined) === (samples === undefined)) throw new CliError('name one of --data and --samples', 2)
  if (data === undefined && matches !== undefined)
    throw new CliError('--matches are lines about a set: name it with --data', 2)
  if (data === undefined) return evaluateSamples(context, samples ?? '', options)
  if (matches !== undefined && (baseline !== undefined || oneToOne !== undefined))
    throw new CliError('--matches are scored as they are: no --baseline and no --one-to-one with them', 2)
  const evaluation = await import('@atlas/evaluation')
  const { createWorkEngine, openWorkBench, WORK_BASELINES, workBaselineNamed, worksJson, worksText } = evaluation
  const bench = await openWorkBench(data)
  const engines = baseline
    ? [workBaselineNamed(baseline).engine]
    : [...(oneToOne ? [createWorkEngine(oneToOne)] : []), createWorkEngine([])]
  const own = matches ? [await bench.ofFile(matches, model ?? matches)] : engines.map((engine) => bench.run(engine))
  const all = report ? [...own, ...WORK_BASELINES.map(({ engine }) => bench.run(engine))] : own
  if (report) await evaluation.writeReport(report, evaluation.worksHtml(all), worksJson(all, errors === true))
  context.print(json ? worksJson(all, errors === true) : worksText(all))
  if (errors && !json) for (const one of own[0]?.errors ?? []) context.print(`\n${evaluation.wrongWorkText(one)}`)
}

async function evaluateSamples(context: Context, folder: string, options: Options): Promise<void> {
  const { baseline, oneToOne, withoutIdentifiers, json, errors, report } = options
  const evaluation = await import('@atlas/evaluation')
  const engine = baseline ? evaluation.workBaselineNamed(baseline).engine : evaluation.createWorkEngine(oneToOne ?? [])
  const modes = [...(withoutIdentifiers ? [] : (['with identifiers'] as const)), 'without identifiers' as const]
  const results = evaluation.evaluateSamples(await samplesIn(context, folder), engine, modes)
  const listed = results.map(({ errors: all, ...figures }) => (errors ? { ...figures, errors: all } : figures))
  if (report) await evaluation.writeReport(report, evaluation.samplesHtml(results), { samples: listed })
  context.print(json ? { samples: listed } : evaluation.samplesText(results))
  if (errors && !json)
    for (const { mode, errors: all } of results)
      for (const one of all) context.print(`\n${evaluation.sampleErrorText(mode, one)}`)
}

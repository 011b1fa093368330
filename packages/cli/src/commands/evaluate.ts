import { Command } from 'commander'
import type { Context } from '../context.ts'

import { stepBar } from '../progress-line.ts'
import { blocksCommand } from './evaluate-blocks.ts'
import { makeCommand } from './evaluate-make.ts'
import { worksCommand } from './evaluate-works.ts'

interface Options {
  readonly data: string
  readonly matches?: string
  readonly model?: string
  readonly baseline?: string
  readonly withAnswers?: boolean
  readonly json?: boolean
  readonly report?: string
  readonly against?: string
  readonly errors?: boolean
}

/** Scores what an engine said of a labelled set against what is true. */
export function evaluateCommand(context: Context): Command {
  const command = new Command('evaluate')
    .description('measure the matching engine on a labelled set in the neutral form; needs no deployment')
    .addHelpText('after', HELP)
  options(command.command('authors').description('profiles for the slots of a stream; without and with answers'))
    .option('--with-answers', 'only with answers; of --matches: they were made with answers')
    .action((given: Options) => evaluateAuthors(context, given))
  options(command.command('pairs').description('is each pair of slots one person?')).action((given: Options) =>
    evaluatePairs(context, given),
  )
  command.addCommand(worksCommand(context))
  command.addCommand(blocksCommand(context))
  command.addCommand(makeCommand(context))
  return command
}

const HELP = `
Without --matches the engine is run as "atlas match" runs it. --report runs the baselines as well: the only profile of that
surname and initial (only-initial), or of a compatible forename (only-forename), compatible forename and most shared
co-authors (shared-coauthors), and the mean of reasons that was designed first (averaging).

Examples:
  atlas evaluate authors --data ../shared/data/benchmarks/acl
  atlas evaluate authors --data ../shared/data/benchmarks/acl --baseline only-forename --json
  atlas evaluate authors --data ../shared/data/benchmarks/acl --matches acl.ndjson --errors
  atlas evaluate pairs --data ../shared/data/benchmarks/medline-pairs --report report/`

function options(command: Command): Command {
  return command
    .requiredOption('--data <folder>', 'the set')
    .option('--matches <file>', 'score these lines instead of running the engine')
    .option('--model <name>', 'another than the shipped model, or a file of one; of --matches: what they are called')
    .option('--baseline <name>', 'a rule instead of the engine')
    .option('--against <file>', 'these lines too: how far the figures are above theirs, by a paired bootstrap')
    .option('--json', 'one object of JSON')
    .option('--report <folder>', 'write report.html with plots, and report.json, there')
    .option('--errors', 'list every wrong answer, with reasons where the engine gives them')
}

async function evaluateAuthors(context: Context, options: Options): Promise<void> {
  const { data, matches, model, baseline, withAnswers, json, report, against, errors } = options
  const evaluation = await import('@atlas/evaluation')
  const { authorsJson, authorsHtml, authorsText, baselineNamed, createAuthorEngine, DEFAULT_MODEL } = evaluation
  using bar = stepBar(context)
  const wanted = await evaluation.modelWanted(model ?? DEFAULT_MODEL)
  const bench = await evaluation.openAuthorBench(data)
  const make = baseline ? baselineNamed(baseline).authors : (set: typeof bench.set) => createAuthorEngine(set, wanted)
  const modes = withAnswers ? [true] : [false, true]
  const own = matches
    ? [await bench.ofFile(matches, model ?? matches, withAnswers === true)]
    : modes.map((answers) => bench.run(make, answers, bar.show))
  const all = report ? [...own, ...bench.baselines(bar.show)] : own
  if (report) await evaluation.writeReport(report, authorsHtml(all), authorsJson(all, errors === true))
  const other = against ? await bench.ofFile(against, against, withAnswers === true) : undefined
  const above = own[0] && other ? evaluation.differencesOf(own[0], other) : undefined
  context.print(json ? { ...authorsJson(all, errors === true), ...(above ? { above } : {}) } : authorsText(all))
  if (above && !json) context.print(`\n${evaluation.table(evaluation.differenceTable(against ?? '', above))}`)
  if (errors && !json) for (const one of own[0]?.errors ?? []) context.print(`\n${evaluation.wrongAnswerText(one)}`)
}

async function evaluatePairs(context: Context, options: Options): Promise<void> {
  const { data, matches, model, baseline, json, report, against, errors } = options
  const evaluation = await import('@atlas/evaluation')
  const { baselineNamed, createPairEngine, DEFAULT_MODEL, pairsHtml, pairsJson, pairsText } = evaluation
  using bar = stepBar(context)
  const wanted = await evaluation.modelWanted(model ?? DEFAULT_MODEL)
  const bench = await evaluation.openPairBench(data)
  const make = baseline ? baselineNamed(baseline).pairs : (set: typeof bench.set) => createPairEngine(set, wanted)
  const own = matches ? await bench.ofFile(matches, model ?? matches) : bench.run(make, bar.show)
  const all = report ? [own, ...bench.baselines(bar.show)] : [own]
  if (report) await evaluation.writeReport(report, pairsHtml(all), pairsJson(all, errors === true))
  const other = against ? await bench.ofFile(against, against) : undefined
  const above = other ? evaluation.differencesOf(own, other) : undefined
  context.print(json ? { ...pairsJson(all, errors === true), ...(above ? { above } : {}) } : pairsText(all))
  if (above && !json) context.print(`\n${evaluation.table(evaluation.differenceTable(against ?? '', above))}`)
  if (errors && !json) for (const one of own.errors) context.print(`\n${evaluation.wrongPairText(one)}`)
}

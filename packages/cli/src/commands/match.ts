import { Command } from 'commander'
import type { Context } from '../context.ts'

import { stepBar } from '../progress-line.ts'
import { names } from './evaluate-works.ts'

interface Options {
  readonly data: string
  readonly out: string
  readonly model?: string
  readonly baseline?: string
  readonly withAnswers?: boolean
}

interface WorkOptions {
  readonly data: string
  readonly out: string
  readonly baseline?: string
  readonly oneToOne?: readonly string[]
}

/** Runs the engine over labelled sets without looking at a label. */
export function matchCommand(context: Context): Command {
  const command = new Command('match')
    .description('run the matching engine over a set in the neutral form; needs no deployment')
    .addHelpText('after', HELP)
  options(command.command('authors').description('profiles for each slot of a stream, in the order of time'))
    .option('--with-answers', 'after each line a truth among the first three proposals is confirmed to the engine')
    .action((given: Options) => matchAuthors(context, given))
  options(command.command('pairs').description('is each pair of slots one person?')).action((given: Options) =>
    matchPairs(context, given),
  )
  command
    .command('works')
    .description('which records describe one publication?')
    .requiredOption('--data <folder>', 'the set')
    .requiredOption('--out <file>', 'where the lines go')
    .option('--baseline <name>', 'a rule instead of the engine: title-year, same-doi')
    .option('--one-to-one <sources>', 'sources that list every work once, with commas between', names)
    .action((given: WorkOptions) => matchWorks(context, given))
  return command
}

const HELP = `
DIR holds records.jsonl[.gz] and, for authors, profiles.jsonl[.gz] and stream.jsonl[.gz], for pairs pairs.jsonl[.gz]. Works
need nothing else; where there is pairs.jsonl[.gz], those pairs of records are compared.
What is true of an item is never read, but with --with-answers, and then only after the item's line is written.

Examples:
  atlas match authors --data ../shared/data/benchmarks/acl --out acl.ndjson
  atlas match pairs --data ../shared/data/benchmarks/medline-pairs --out pairs.ndjson
  atlas match works --data ../shared/data/benchmarks/dblp-acm --one-to-one dblp,acm --out works.ndjson

One line of JSON each: {record, slot, accepted, proposals: [{profile, p}]} with at most ten proposals, the best first;
{left, right, p, same}; {record, cluster}, or of pairs of records {left, right, status, reason} with status exact, strong, weak,
ambiguous or different.`

function options(command: Command): Command {
  return command
    .requiredOption('--data <folder>', 'the set')
    .requiredOption('--out <file>', 'where the lines go')
    .option('--model <name>', 'another than the shipped model: attribution/2, or a file that "atlas train" wrote')
    .option('--baseline <name>', 'a rule instead of the engine')
}

async function matchAuthors(context: Context, { data, out, model, baseline, withAnswers }: Options): Promise<void> {
  const { answererOf, baselineNamed, createAuthorEngine, DEFAULT_MODEL, matchAuthors, modelWanted, readAuthorSet } =
    await import('@atlas/evaluation')
  const { readItemTruths, writeLines } = await import('@atlas/evaluation')
  const { set, items } = await readAuthorSet(data)
  const engine = baseline
    ? baselineNamed(baseline).authors(set)
    : createAuthorEngine(set, await modelWanted(model ?? DEFAULT_MODEL))
  const answerer = withAnswers ? answererOf(await readItemTruths(data)) : undefined
  using bar = stepBar(context)
  await writeLines(out, matchAuthors(items, engine, answerer), (done) => bar.show(engine.model, done, items.length))
  context.note(`${items.length} items matched by ${engine.model}, accepted from ${engine.threshold}`)
}

async function matchPairs(context: Context, { data, out, model, baseline }: Options): Promise<void> {
  const { baselineNamed, createPairEngine, DEFAULT_MODEL, matchPairs, modelWanted, readPairSet, writeLines } =
    await import('@atlas/evaluation')
  const set = await readPairSet(data)
  const engine = baseline
    ? baselineNamed(baseline).pairs(set)
    : createPairEngine(set, await modelWanted(model ?? DEFAULT_MODEL))
  const { length } = set.pairs
  using bar = stepBar(context)
  await writeLines(out, matchPairs(set.pairs, engine), (done) => bar.show(engine.model, done, length))
  context.note(`${length} pairs matched by ${engine.model}, one person from ${engine.threshold}`)
}

async function matchWorks(context: Context, { data, out, baseline, oneToOne }: WorkOptions): Promise<void> {
  const { createWorkEngine, matchWorks, readWorkSet, workBaselineNamed, writeLines } = await import('@atlas/evaluation')
  const set = await readWorkSet(data)
  const engine = baseline ? workBaselineNamed(baseline).engine : createWorkEngine(oneToOne ?? [])
  let lines = 0
  await writeLines(out, matchWorks(set, engine), (written) => {
    lines = written
  })
  context.note(
    `${lines} ${set.pairs === null ? 'records put into works' : 'pairs of records compared'} by ${engine.model}`,
  )
}

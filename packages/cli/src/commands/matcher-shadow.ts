import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { runProgram } from '../run-program.ts'
import {
  changeText,
  type ShadowReportAnswer,
  type ShadowRunAnswer,
  type ShadowStatusAnswer,
  statusText,
  summaryText,
} from './shadow-text.ts'

const PROGRAM = 'services/matcher/src/shadow-main.ts'
const PAGE = 200
const POLL_MS = 1_000
const KINDS = ['merges', 'splits', 'appears', 'vanishes', 'primary', 'roles', 'slots', 'canonical', 'evidence']

/** Other rules for works: what they would change, before they are switched on. */
export function shadowCommand(context: Context): Command {
  const command = new Command('shadow')
    .description('try other rules for works beside those in use, see what would change, then switch them on')
    .addHelpText('after', HELP)
  command.addCommand(startCommand(context))
  command
    .command('status')
    .description('which rules are in use, and how far a run has come')
    .option('--json', 'one line of JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const status = (await context.call('matcher', 'GET', '/internal/shadow')) as ShadowStatusAnswer
      context.print(json ? status : statusText(status))
    })
  command.addCommand(reportCommand(context))
  command
    .command('apply')
    .description(
      'switch the rules of the last finished run on, for all members at once; all works are gone through again',
    )
    .option('--wait', 'until all are; interrupted, it goes on without you')
    .addHelpText('after', '\nExample:\n  atlas matcher shadow apply --wait')
    .action(async ({ wait }: { wait?: boolean }) => {
      const run = (await context.call('matcher', 'POST', '/internal/shadow/apply', {})) as ShadowRunAnswer
      context.print(`${run.version} is in use in place of ${run.against}`)
      if (wait) await untilQuiet(context, ({ rematch }) => rematch === null || rematch.phase === 'done')
    })
  command
    .command('cancel')
    .description('end the last run without switching anything on')
    .action(async () => {
      const run = (await context.call('matcher', 'POST', '/internal/shadow/cancel', {})) as ShadowRunAnswer
      context.print(`${run.version}: ${run.phase}`)
    })
  for (const sub of command.commands) sub.exitOverride()
  return command
}

const HELP = `
A file of rules turns some of the build's off, or gives them another status:
  {"name": "strict", "disable": ["short-title-same-team"], "statuses": {"like-title-year": "ambiguous"}}

Examples:
  atlas matcher shadow start --rules strict.json --wait
  atlas matcher shadow report --kind merges
  atlas matcher shadow report --json > changes.jsonl
  atlas matcher shadow apply --wait
  atlas matcher shadow start --wait              back to the rules of the build
  atlas matcher shadow start --here              the rules of this checkout, while services of an earlier build run`

interface StartOptions {
  readonly rules?: string
  readonly wait?: boolean
  readonly here?: boolean
}

function startCommand(context: Context): Command {
  return new Command('start')
    .description('begin to find out, in the background, what other rules would change; nothing else is written')
    .option('--rules <file>', "what is otherwise than in the build's rules; the build's own rules without it")
    .option('--wait', 'until it is done; interrupted, it goes on without you')
    .option('--here', "by this checkout's own program, before its build is rolled out; interrupted, call it again")
    .addHelpText(
      'after',
      '\nExamples:\n  atlas matcher shadow start --rules strict.json --wait\n  atlas matcher shadow start --here',
    )
    .action(async ({ rules, wait, here }: StartOptions) => {
      if (here) return runHere(context, rules)
      const body = rules === undefined ? {} : { rules: rulesIn(rules) }
      const run = (await context.call('matcher', 'POST', '/internal/shadow', body)) as ShadowRunAnswer
      context.print(`${run.version} against ${run.against}: begun`)
      if (wait) await untilQuiet(context, (status) => status.run?.phase !== 'keys' && status.run?.phase !== 'works')
    })
}

async function runHere(context: Context, rules: string | undefined): Promise<void> {
  const run = await runProgram(PROGRAM, context.serviceEnv('matcher'), (line) => context.print(line), [
    ...(rules === undefined ? [] : ['--rules', rules]),
  ])
  if (run.exitCode !== 0) throw new CliError(run.stderr || `the run ended with ${run.exitCode}`)
}

function rulesIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new CliError(`cannot read rules from "${file}": ${(cause as Error).message}`, 2, { cause })
  }
}

async function untilQuiet(context: Context, isQuiet: (status: ShadowStatusAnswer) => boolean): Promise<void> {
  for (let last = ''; ; await sleep(POLL_MS)) {
    const status = (await context.call('matcher', 'GET', '/internal/shadow')) as ShadowStatusAnswer
    const text = statusText(status)
    if (text !== last) context.note(text)
    if (isQuiet(status)) return
    last = text
  }
}

interface ReportOptions {
  readonly kind?: string
  readonly limit: number
  readonly json?: boolean
}

function reportCommand(context: Context): Command {
  return new Command('report')
    .description('what the rules of the last run would change')
    .addOption(new Option('--kind <kind>', 'only works of which this is true').choices(KINDS))
    .option('--limit <n>', 'as many works at most', count, 20)
    .option('--json', 'the summary, then every work, one line of JSON each')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas matcher shadow report --kind splits --limit 5\n  atlas matcher shadow report --json',
    )
    .action(async ({ kind, limit, json }: ReportOptions) => {
      const most = json ? Number.POSITIVE_INFINITY : limit
      for (let shown = 0, after: string | null = null; ; ) {
        const query = new URLSearchParams({ limit: String(Math.max(1, Math.min(PAGE, most - shown))) })
        if (kind !== undefined) query.set('kind', kind)
        if (after !== null) query.set('after', after)
        const page = (await context.call('matcher', 'GET', `/internal/shadow/report?${query}`)) as ShadowReportAnswer
        if (after === null) context.print(json ? { run: page.run, summary: page.summary } : summaryText(page))
        for (const change of page.changes.slice(0, most - shown)) context.print(json ? change : changeText(change))
        shown += page.changes.length
        after = page.next
        if (after === null || shown >= most) return
      }
    })
}

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number is needed')
  return Number(text)
}

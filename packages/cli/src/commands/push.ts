import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { type InputLine, linesOf } from '../push/lines.ts'
import { type PushApi, pushApi } from '../push/push-api.ts'
import { type PushEvent, pushLines } from '../push/push-lines.ts'

interface Options {
  readonly source: string
  readonly keyFile?: string
  readonly url?: string
  readonly fetchedAt?: string
  readonly fromLine: number
  readonly maxWait: number
  readonly dryRun?: boolean
}

/** Pushes records with a source's key, as the source itself would. */
export function pushCommand(context: Context): Command {
  return new Command('push')
    .description(
      "send records (NDJSON; plain, gzip or zstd) with a source's key; goes on by itself after an interruption",
    )
    .argument('<file...>', 'files, or - for standard input')
    .requiredOption('--source <source>', 'whose records they are')
    .option('--key-file <file>', 'a file with the key; ATLAS_PUSH_KEY otherwise')
    .option('--url <url>', 'where ingest is; INGEST_URL otherwise')
    .option('--fetched-at <time>', 'when the records were fetched, ISO 8601 with a zone')
    .option('--from-line <n>', 'leave out the lines before it of the first file', wholeNumber, 1)
    .option('--max-wait <seconds>', 'stop where more than this would have to be waited for', wholeNumber, 300)
    .option('--dry-run', 'say what would become of each line, and keep nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  ATLAS_PUSH_KEY=avk_… atlas push --source openalex works.jsonl.gz\n  atlas push --source crossref --key-file key.txt --dry-run new.ndjson\n\nExit code 3: some records were refused. 4: it was interrupted for too long; the last line says how to go on.',
    )
    .action(async (paths: string[], options: Options) => {
      const api = pushApi({
        url: options.url ?? context.setting('INGEST_URL'),
        source: options.source,
        key: await keyOf(context, options.keyFile),
        fetchedAt: options.fetchedAt,
      })
      const lines = from(linesOf(paths, context.stdin), options.fromLine)
      const refused = options.dryRun
        ? await tryLines(context, api, lines)
        : await sendLines(context, api, lines, options)
      if (refused > 0) throw new CliError(`${refused} records were refused; the lines above say which and why`, 3)
    })
}

function wholeNumber(text: string): number {
  if (/^\d{1,12}$/.test(text) && Number(text) >= 1) return Number(text)
  throw new InvalidArgumentError('a whole number from 1 is needed')
}

/** Never an argument: those can be read by everybody on the machine. */
async function keyOf({ env }: Context, file: string | undefined): Promise<string> {
  const key = file === undefined ? env['ATLAS_PUSH_KEY'] : await readFile(file, 'utf8')
  if (key?.trim()) return key.trim()
  throw new CliError('give the key of the source in ATLAS_PUSH_KEY, or in a file by --key-file', 2)
}

async function* from(lines: AsyncIterable<InputLine>, first: number): AsyncGenerator<InputLine> {
  let file: string | undefined
  for await (const line of lines) {
    file ??= line.file
    if (line.file !== file || line.line >= first) yield line
  }
}

async function sendLines(context: Context, api: PushApi, lines: AsyncIterable<InputLine>, { maxWait }: Options) {
  const counts = await pushLines(lines, {
    api,
    runId: randomUUID(),
    sleep: (ms) => pause(ms),
    maxWaitMs: maxWait * 1_000,
    onEvent: (event) => tell(context, event),
  })
  context.print({ event: 'done', counts })
  return counts.refused
}

/** For programs one object a line on stdout; what a person wants to see meanwhile goes to stderr. */
function tell(context: Context, event: PushEvent): void {
  if (event.event !== 'waiting') context.print(event)
  else context.note(`${event.detail} (${event.code}); going on in ${Math.ceil(event.waitMs / 1_000)} s`)
}

async function tryLines(context: Context, api: PushApi, lines: AsyncIterable<InputLine>): Promise<number> {
  const files: { file: string; before: number }[] = []
  let seen = 0
  async function* body() {
    for await (const { file, line, bytes } of lines) {
      // The same file may be named twice.
      if (files.at(-1)?.file !== file || line === 1) files.push({ file, before: seen - line + 1 })
      seen++
      yield Buffer.concat([bytes, Buffer.from('\n')])
    }
  }
  let refused = 0
  for await (const answer of api.dryRun(body())) {
    if (!('line' in answer)) {
      const { summary } = answer as { summary: { counts: { refused: number } } }
      refused = summary.counts.refused
      context.print({ event: 'would', counts: summary.counts })
      continue
    }
    const { line, ...result } = answer as { line: number }
    const of = files.findLast(({ before }) => before < line)
    context.print({ event: 'would', file: of?.file, line: line - (of?.before ?? 0), ...result })
  }
  return refused
}

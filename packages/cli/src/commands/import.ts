import type { ImportEvent } from '@atlas/testing/deployment'
import { Presets, SingleBar } from 'cli-progress'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { type ImportedSource, importTable, type SourceWorks } from './import-table.ts'
import { isUnread, unreadText } from './import-unread.ts'

interface Options {
  readonly source?: string
  readonly fetchedAt?: string
  readonly restart?: boolean
  readonly report?: string
  readonly dryRun?: boolean
  readonly keepGoing?: boolean
  readonly sha256?: string
  readonly name?: string
  readonly works?: boolean
}

const EXAMPLES = `
Examples:
  atlas import --source crossref dump.jsonl.gz
  atlas import records/ --report refused.ndjson
  atlas import 'baseline/pubmed*.xml.gz' --source pubmed --dry-run
  zstdcat works.jsonl.zst | atlas import --source openalex -

Exit code 3: some records were refused. 5: a file could not be read, or not to its end: the last line says which.`

/** Imports record files through ingest's own program; interrupted, the same call goes on where it stopped. */
export function importCommand(context: Context): Command {
  return new Command('import')
    .description('import record files, folders or patterns of them; plain, gzip, zstd, tar or zip; - is standard input')
    .argument('<path...>', 'files, folders, patterns or -; the topmost folder named like a source names the source')
    .option('--source <source>', 'for all of them')
    .option('--fetched-at <time>', 'when the files were fetched, ISO 8601 with a zone')
    .option('--restart', 'begin at the start of each file, whatever was imported before')
    .option('--dry-run', 'say what would become of the records, and keep nothing')
    .option('--keep-going', 'go on after the thousandth refused record of a file')
    .option('--sha256 <hex>', 'what the one file must be, else nothing of it is imported')
    .option('--name <name>', 'tells streams apart that come by standard input')
    .option('--report <file>', 'write refused records there, one line of JSON each')
    .option('--works', 'wait until the matcher has read it all, and count the works made across sources')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], options: Options) => {
      const { runImport } = await import('@atlas/testing/deployment')
      const bar = context.stderr.isTTY ? progressBar(context) : undefined
      let sources: readonly ImportedSource[] = []
      const unread: ImportEvent[] = []
      const run = await runImport({
        env: context.serviceEnv('ingest'),
        args: argumentsOf(paths, options),
        ...(paths.includes('-') ? { stdin: 'inherit' } : {}),
        onEvent(event) {
          if (isUnread(event)) unread.push(event)
          if (event.event === 'done') sources = event['sources'] as readonly ImportedSource[]
          tell(context, event, bar)
        },
      })
      bar?.stop()
      const works = options.works && [0, 3, 5].includes(run.exitCode) ? await countWorks(context) : undefined
      if (sources.length > 0) context.note(importTable(sources, works))
      if (run.exitCode === 0) return
      if (run.exitCode === 3) throw new CliError('some records were refused; the lines above say which and why', 3)
      if (run.exitCode === 5) throw new CliError(unreadText(unread), 5)
      throw new CliError(run.stderr.trim() || `the import ended with ${run.exitCode}`, run.exitCode === 2 ? 2 : 1)
    })
}

async function countWorks(context: Context): Promise<readonly SourceWorks[]> {
  // Loaded when it is needed: half of the time `--help` would take.
  const { worksWhenMatched } = await import('./works-when-matched.ts')
  return await worksWhenMatched(context)
}

function argumentsOf(paths: readonly string[], options: Options): string[] {
  const { source, fetchedAt, restart, report, dryRun, keepGoing, sha256, name } = options
  const given = (flag: string, value: string | undefined) => (value === undefined ? [] : [flag, value])
  return [
    ...given('--source', source),
    ...given('--fetched-at', fetchedAt),
    ...given('--report', report),
    ...given('--sha256', sha256),
    ...given('--name', name),
    ...(restart ? ['--restart'] : []),
    ...(dryRun ? ['--dry-run'] : []),
    ...(keepGoing ? ['--keep-going'] : []),
    '--',
    ...paths,
  ]
}

function progressBar(context: Context): SingleBar {
  const bar = new SingleBar(
    { stream: context.stderr, format: '{bar} {percentage}% {name}', hideCursor: true },
    Presets.shades_classic,
  )
  bar.start(100, 0, { name: '' })
  return bar
}

/** Lines for programs on stdout; on a terminal a bar for the person, and of files only those that something is wrong with. */
function tell(context: Context, event: ImportEvent, bar: SingleBar | undefined): void {
  if (event.event !== 'progress') {
    const isWrong = event.event === 'refused' || event['state'] === 'failed' || event['state'] === 'skipped'
    if (!context.stdout.isTTY || isWrong) context.print(event)
    return
  }
  const { name, bytes, sizeBytes } = event
  if (bar && typeof bytes === 'number' && typeof sizeBytes === 'number' && sizeBytes > 0)
    bar.update(Math.floor((100 * bytes) / sizeBytes), { name: String(name) })
}

import type { ImportEvent } from '@atlas/testing/deployment'
import { Presets, SingleBar } from 'cli-progress'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

interface Options {
  readonly source?: string
  readonly fetchedAt?: string
  readonly restart?: boolean
  readonly report?: string
}

/** Imports record files through ingest's own program; interrupted, the same call goes on where it stopped. */
export function importCommand(context: Context): Command {
  return new Command('import')
    .description('import record files (NDJSON, JSON, XML; plain, gzip or zstd) or folders of them')
    .argument('<path...>', 'files or folders; the topmost folder named like a source names the source')
    .option('--source <source>', 'for all of them')
    .option('--fetched-at <time>', 'when the files were fetched, ISO 8601 with a zone')
    .option('--restart', 'begin at the start of each file, whatever was imported before')
    .option('--report <file>', 'write refused records there, one line of JSON each')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas import --source crossref dump.jsonl.gz\n  atlas import records/ --report refused.ndjson\n\nExit code 3: some records were refused.',
    )
    .action(async (paths: string[], options: Options) => {
      const { runImport } = await import('@atlas/testing/deployment')
      const bar = context.stderr.isTTY ? progressBar(context) : undefined
      const run = await runImport({
        env: context.serviceEnv('ingest'),
        args: argumentsOf(paths, options),
        onEvent: (event) => tell(context, event, bar),
      })
      bar?.stop()
      if (run.exitCode === 0) return
      if (run.exitCode === 3)
        throw new CliError('some records or files were refused; the lines above say which and why', 3)
      throw new CliError(run.stderr.trim() || `the import ended with ${run.exitCode}`)
    })
}

function argumentsOf(paths: readonly string[], { source, fetchedAt, restart, report }: Options): string[] {
  return [
    ...(source === undefined ? [] : ['--source', source]),
    ...(fetchedAt === undefined ? [] : ['--fetched-at', fetchedAt]),
    ...(restart ? ['--restart'] : []),
    ...(report === undefined ? [] : ['--report', report]),
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

/** Lines for programs on stdout; on a terminal a bar for the person. */
function tell(context: Context, event: ImportEvent, bar: SingleBar | undefined): void {
  if (event.event !== 'progress') {
    context.print(event)
    return
  }
  const { name, bytes, sizeBytes } = event
  if (bar && typeof bytes === 'number' && typeof sizeBytes === 'number' && sizeBytes > 0)
    bar.update(Math.floor((100 * bytes) / sizeBytes), { name: String(name) })
}

import { Command } from 'commander'
import type { Context } from '../context.ts'

const ROOT = '/internal/imports'

/** Jobs of uploads and files, and the operator's hand on them. */
export function importsCommand(context: Context): Command {
  const command = new Command('imports')
    .description('jobs that import files and uploads')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas imports list --state failed\n  atlas imports show 7\n  atlas imports resume 7 --keep-going',
    )
  command
    .command('list')
    .description('the newest hundred, one line of JSON each')
    .option('--source <source>', 'of this source only')
    .option('--state <state>', 'received, scanning, importing, done, done_with_rejects, cancelled or failed')
    .action(async ({ source, state }: { source?: string; state?: string }) => {
      const query = new URLSearchParams({ ...(source && { source }), ...(state && { state }) })
      const { imports } = (await context.call('ingest', 'GET', `${ROOT}?${query}`)) as { imports: object[] }
      for (const job of imports) context.print(job)
    })
  command
    .command('show')
    .description('how far a job is, how fast it goes, and how long it will take')
    .argument('<id>')
    .action(async (id: string) => context.print(await context.call('ingest', 'GET', pathOf(id))))
  const does = (name: string, description: string, path: string) =>
    command
      .command(name)
      .description(description)
      .argument('<id>')
      .action(async (id: string) => context.print(await context.call('ingest', 'POST', `${pathOf(id)}/${path}`)))
  does('cancel', 'end it behind the chunk under way; what is committed stays', 'cancel')
  command
    .command('resume')
    .description('go on at the record behind the last one that was committed')
    .argument('<id>')
    .option('--keep-going', 'also after the thousandth refused record')
    .action(async (id: string, { keepGoing }: { keepGoing?: boolean }) => {
      const query = keepGoing ? '?keepGoing=true' : ''
      context.print(await context.call('ingest', 'POST', `${pathOf(id)}/resume${query}`))
    })
  does('restart', 'from the first byte, as a job of this version of the program', 'restart')
  return command
}

function pathOf(id: string): string {
  return `${ROOT}/${encodeURIComponent(id)}`
}

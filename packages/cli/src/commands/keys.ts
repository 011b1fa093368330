import { Command, InvalidArgumentError } from 'commander'
import type { Context } from '../context.ts'

interface CreateOptions {
  readonly source: string[]
  readonly expires?: string
  readonly holder?: string
  readonly rate?: number
  readonly maxBodyBytes?: number
  readonly maxLines?: number
  readonly dailyRecords?: number
  readonly dailyBytes?: number
}

const LIMITS = [
  ['--rate <n>', 'requests a minute'],
  ['--max-body-bytes <n>', 'bytes of one request, as they are sent'],
  ['--max-lines <n>', 'lines of one request'],
  ['--daily-records <n>', 'new or refused records a day (UTC)'],
  ['--daily-bytes <n>', 'bytes a day (UTC), decompressed'],
] as const

/** Push keys of sources. */
export function keysCommand(context: Context): Command {
  const command = new Command('keys')
    .description('the keys with which sources push records')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas keys create --source openalex\n  atlas keys create --source hal --rate 60 --daily-records 100000 --holder repository@example.org\n  atlas keys list\n  atlas keys rotate 1a2b3c4d --overlap-hours 48\n  atlas keys revoke 1a2b3c4d --reason "left the project"',
    )
  const create = command
    .command('create')
    .description('make a key; it is shown once')
    .requiredOption('--source <source...>', 'what it may push')
    .option('--expires <time>', 'ISO 8601, with a zone')
    .option('--holder <who>', 'whom to tell about it')
  for (const [flags, what] of LIMITS) create.option(flags, `${what}; 0: no limit; as configured by default`, count)
  create.action(async ({ source, expires, holder, rate, ...limits }: CreateOptions) => {
    const made = await context.call('ingest', 'POST', '/internal/keys', {
      sources: source,
      expiresAt: expires ?? null,
      holder: holder ?? null,
      ratePerMinute: rate,
      ...limits,
    })
    showKey(context, made)
  })
  command
    .command('rotate')
    .description('make a key in the place of another, which goes on working for a while')
    .argument('<id>', 'of the old key')
    .option('--overlap-hours <n>', 'how long the old one works beside the new', count, 7 * 24)
    .option('--expires <time>', 'when the new one ends, ISO 8601 with a zone')
    .action(async (id: string, { overlapHours, expires }: { overlapHours: number; expires?: string }) => {
      const path = `/internal/keys/${encodeURIComponent(id)}/rotate`
      showKey(context, await context.call('ingest', 'POST', path, { overlapHours, expiresAt: expires ?? null }))
      context.note(`${id} opens nothing after ${overlapHours} hours`)
    })
  command
    .command('list')
    .description('every key with its limits and its use, newest first, one line of JSON each')
    .action(async () => {
      for (const key of ((await context.call('ingest', 'GET', '/internal/keys')) as { keys: object[] }).keys)
        context.print(key)
    })
  command
    .command('revoke')
    .description('from now on the key opens nothing, a push under way included')
    .argument('<id>')
    .requiredOption('--reason <text>', 'why; it is kept')
    .action(async (id: string, { reason }: { reason: string }) => {
      await context.call('ingest', 'POST', `/internal/keys/${encodeURIComponent(id)}/revoke`, { reason })
      context.note('revoked')
    })
  return command
}

function showKey(context: Context, made: unknown): void {
  context.print((made as { key: string }).key)
  context.note('keep it now: it is stored as a hash and cannot be shown again')
}

function count(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('a whole number is needed')
}

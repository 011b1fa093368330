import { Command } from 'commander'
import type { Context } from '../context.ts'

/** Push keys of sources. */
export function keysCommand(context: Context): Command {
  const command = new Command('keys')
    .description('the keys with which sources push records')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas keys create --source openalex\n  atlas keys list\n  atlas keys revoke 1a2b3c4d --reason "left the project"',
    )
  command
    .command('create')
    .description('make a key; it is shown once')
    .requiredOption('--source <source...>', 'what it may push')
    .option('--expires <time>', 'ISO 8601, with a zone')
    .action(async (options: { source: string[]; expires?: string }) => {
      const made = await context.call('ingest', 'POST', '/internal/keys', {
        sources: options.source,
        expiresAt: options.expires ?? null,
      })
      context.print((made as { key: string }).key)
      context.note('keep it now: it is stored as a hash and cannot be shown again')
    })
  command
    .command('list')
    .description('every key, newest first, one line of JSON each')
    .action(async () => {
      for (const key of ((await context.call('ingest', 'GET', '/internal/keys')) as { keys: object[] }).keys)
        context.print(key)
    })
  command
    .command('revoke')
    .description('from the next request on the key opens nothing')
    .argument('<id>')
    .requiredOption('--reason <text>', 'why; it is kept')
    .action(async (id: string, { reason }: { reason: string }) => {
      await context.call('ingest', 'POST', `/internal/keys/${encodeURIComponent(id)}/revoke`, { reason })
      context.note('revoked')
    })
  return command
}

import { Argument, Command } from 'commander'
import { type Context, OWNERS, type Owner } from '../context.ts'

const service = () => new Argument('<service>', 'whose quarantine').choices(OWNERS)

/** Messages that could not be processed: look, then try again or give up with a reason. */
export function quarantineCommand(context: Context): Command {
  const call = (owner: Owner, method: 'GET' | 'POST', path: string, body?: unknown) =>
    context.call(owner, method, `/internal/quarantine${path}`, body)
  const command = new Command('quarantine')
    .description('messages that a service could not process')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas quarantine list matcher\n  atlas quarantine replay matcher 17\n  atlas quarantine discard matcher 17 --reason "test data"',
    )
  command
    .command('list')
    .description('what is set aside, one line of JSON each')
    .addArgument(service())
    .option('--state <state>', 'open, replayed or discarded', 'open')
    .action(async (owner: Owner, options: { state: string }) => {
      const { items } = (await call(owner, 'GET', `?state=${encodeURIComponent(options.state)}`)) as { items: object[] }
      for (const item of items) context.print({ ...item, value: undefined })
      context.note(`${items.length} ${options.state}`)
    })
  command
    .command('show')
    .description('one item whole, its bytes in base64')
    .addArgument(service())
    .argument('<id>')
    .action(async (owner: Owner, id: string) => context.print(await call(owner, 'GET', `/${encodeURIComponent(id)}`)))
  command
    .command('replay')
    .description('run the stored bytes through the same handler again')
    .addArgument(service())
    .argument('<id>')
    .action(async (owner: Owner, id: string) =>
      context.print(await call(owner, 'POST', `/${encodeURIComponent(id)}/replay`, {})),
    )
  command
    .command('discard')
    .description('give an item up; the reason is kept')
    .addArgument(service())
    .argument('<id>')
    .requiredOption('--reason <text>', 'why')
    .action(async (owner: Owner, id: string, { reason }: { reason: string }) =>
      context.print(await call(owner, 'POST', `/${encodeURIComponent(id)}/discard`, { reason })),
    )
  return command
}

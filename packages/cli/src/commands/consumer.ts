import { Argument, Command } from 'commander'
import { type Context, OWNERS, type Owner } from '../context.ts'
import { CliError } from '../exit.ts'

/** Where the readers of topics are, and the recorded way on after a halt. */
export function consumerCommand(context: Context): Command {
  const command = new Command('consumer')
    .description('positions of consumer groups')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas consumer list matcher\n  atlas consumer accept matcher.records.v1 records --reason "topic refilled after disk loss"',
    )
  command
    .command('list')
    .description('next offsets and halts, one line of JSON each')
    .addArgument(new Argument('<service>').choices(OWNERS))
    .action(async (owner: Owner) => {
      const { positions } = (await context.call(owner, 'GET', '/internal/consumers')) as { positions: object[] }
      for (const position of positions) context.print(position)
    })
  command
    .command('accept')
    .description('let halted partitions go on from what can be read now')
    .argument('<group>', 'such as matcher.records.v1')
    .argument('<topic>')
    .requiredOption('--reason <text>', 'why this is right; it is kept')
    .action(async (group: string, topic: string, { reason }: { reason: string }) => {
      const owner = OWNERS.find((name) => group.startsWith(`${name}.`))
      if (!owner) throw new CliError(`"${group}" is no group of ours: they begin with ${OWNERS.join(', ')}`, 2)
      context.print(await context.call(owner, 'POST', '/internal/consumers/accept', { group, topic, reason }))
    })
  return command
}

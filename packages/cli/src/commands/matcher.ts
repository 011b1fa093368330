import { Command } from 'commander'
import type { Context } from '../context.ts'
import { shadowCommand } from './matcher-shadow.ts'

/** What an operator does with the matcher: every subcommand is a file. */
export function matcherCommand(context: Context): Command {
  const command = new Command('matcher').description('the matcher, as an operator looks after it')
  for (const make of [shadowCommand]) command.addCommand(make(context))
  return command
}

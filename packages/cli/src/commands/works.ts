import { Command } from 'commander'
import type { Context } from '../context.ts'
import { resolveCommand } from './works-resolve.ts'
import { cutCommand, linkCommand, rulingsCommand, withdrawCommand } from './works-rulings.ts'
import { suspiciousCommand } from './works-suspicious.ts'

/** What a curator does with works: every subcommand is a file. */
export function worksCommand(context: Context): Command {
  const command = new Command('works')
    .description('works, as a curator looks after them')
    .addHelpText(
      'after',
      "\nExamples:\n  atlas works suspicious\n  atlas works link <work> <target> --role version --reason 'the article and its preprint'\n  atlas works cut <work> crossref:10.5555/1 --reason 'another paper of this title'\n  atlas works <command> --help",
    )
  for (const make of [resolveCommand, suspiciousCommand, linkCommand, cutCommand, withdrawCommand, rulingsCommand])
    command.addCommand(make(context))
  return command
}

import { Command } from 'commander'
import type { Context } from '../context.ts'

interface Options {
  readonly orcid?: string
  readonly alias: readonly string[]
}

/** Researchers, as an operator makes them known. */
export function profilesCommand(context: Context): Command {
  const command = new Command('profiles')
    .description('researchers whose works are looked for')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas profiles create "Ada Lovelace"\n  atlas profiles create "Ada Lovelace" --alias "A. King" --orcid 0000-0002-1825-0097',
    )
  command
    .command('create')
    .description('make a profile known; prints its id')
    .argument('<name>', 'as shown, and as it stands on bylines')
    .option('--alias <name...>', 'further names on bylines', [])
    .option('--orcid <iD>', 'claimed, not proved')
    .action(async (name: string, { orcid, alias }: Options) => {
      const wish = {
        displayName: name,
        names: [name, ...alias].map((text, at) => ({ name: text, primary: at === 0 })),
        identities: orcid === undefined ? [] : [{ type: 'orcid', value: orcid, primary: true, method: 'imported' }],
      }
      const made = await context.call('profiles', 'POST', '/v1/profiles', { profiles: [wish] })
      for (const { profileId } of (made as { profiles: { profileId: string }[] }).profiles) context.print(profileId)
    })
  return command
}

import { checkCompatibility, pushSchemas } from '@atlas/schemas'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

/** The wire schemas against the registry. */
export function schemasCommand(context: Context): Command {
  const command = new Command('schemas')
    .description('check and register the wire schemas')
    .addHelpText('after', '\nExamples:\n  atlas schemas check\n  SCHEMA_REGISTRY_URL=… atlas schemas push')
  const registryUrl = () => context.setting('SCHEMA_REGISTRY_URL')
  command
    .command('check')
    .description('would every schema be accepted? names each field that forbids it')
    .action(async () => {
      const reports = await checkCompatibility({ registryUrl: registryUrl() })
      const problems = reports.flatMap((report) => report.problems)
      for (const report of reports) context.print(report)
      for (const problem of problems) context.note(problem)
      if (problems.length > 0) throw new CliError(`${problems.length} incompatible change(s)`)
      context.note('every schema is compatible with every registered version')
    })
  command
    .command('push')
    .description('register what is new, under FULL_TRANSITIVE')
    .action(async () => context.print(await pushSchemas({ registryUrl: registryUrl() })))
  return command
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  checkCompatibility,
  IncompatibleSchemaError,
  pushSchemas,
  type RegistryAddress,
  TOPIC_NAMES,
} from '@atlas/schemas'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

interface Options {
  readonly from?: string
}

/** The wire schemas against the registry. */
export function schemasCommand(context: Context): Command {
  const command = new Command('schemas')
    .description('check and register the wire schemas')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas schemas check\n  atlas schemas check --from packages/schemas/avro\n  atlas schemas push',
    )
  command
    .command('check')
    .description('would every schema be accepted? names each field that forbids it')
    .option('--from <folder>', 'look at the files <topic>.avsc there, instead of what this build writes')
    .action(async (options: Options) => {
      const reports = await checkCompatibility(await wanted(context, options))
      for (const report of reports) context.print(report)
      const problems = reports.flatMap((report) => report.problems.map((problem) => `${report.subject}: ${problem}`))
      if (problems.length > 0) throw incompatible(problems)
      context.note('every schema is compatible with every registered version')
    })
  command
    .command('push')
    .description('register what is new, under FULL_TRANSITIVE; all or nothing')
    .option('--from <folder>', 'the files <topic>.avsc there, instead of what this build writes')
    .action(async (options: Options) => {
      const pushed = await pushSchemas(await wanted(context, options)).catch((error: unknown) => {
        throw error instanceof IncompatibleSchemaError
          ? new CliError(`nothing was registered: ${error.message}`)
          : error
      })
      for (const subject of pushed) context.print(subject)
    })
  return command
}

async function wanted(context: Context, { from }: Options): Promise<RegistryAddress> {
  const registryUrl = context.setting('SCHEMA_REGISTRY_URL')
  if (from === undefined) return { registryUrl }
  const files = await Promise.all(
    TOPIC_NAMES.map(async (topic) => [topic, compact(await readFile(join(from, `${topic}.avsc`), 'utf8'))] as const),
  )
  return { registryUrl, schemas: Object.fromEntries(files) }
}

/** As a build would write it: the registry tells texts apart, not what they mean. */
function compact(schema: string): string {
  return JSON.stringify(JSON.parse(schema))
}

function incompatible(problems: readonly string[]): CliError {
  return new CliError(`${problems.length} incompatible change(s):\n  ${problems.join('\n  ')}`)
}

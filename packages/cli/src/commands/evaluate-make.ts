import type { UnifiedRecord } from '@atlas/evaluation'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { runProgram } from '../run-program.ts'

interface Options {
  readonly fromOrcids: string
  readonly out: string
  readonly source?: string
}

/** A labelled set of one's own records: wherever authors carry ORCIDs, the engine can be measured. */
export function makeCommand(context: Context): Command {
  return new Command('make')
    .description('make a labelled set of record files whose authors carry ORCIDs, which are hidden in it')
    .requiredOption(
      '--from-orcids <folder>',
      'record files as "atlas import" takes them; a folder named like a source names it',
    )
    .requiredOption('--out <folder>', 'where the set goes')
    .option('--source <source>', 'for all of them')
    .addHelpText('after', HELP)
    .action(async ({ fromOrcids, out, source }: Options) => {
      const records: UnifiedRecord[] = []
      const refused = new Map<string, number>()
      const run = await runProgram(
        'services/ingest/src/read-main.ts',
        context.env,
        (line) => {
          const { event, ...rest } = line as { readonly event: string; readonly code?: string }
          if (event === 'record') records.push(rest as UnifiedRecord)
          else refused.set(rest.code ?? '', (refused.get(rest.code ?? '') ?? 0) + 1)
        },
        [...(source === undefined ? [] : ['--source', source]), '--', fromOrcids],
      )
      if (run.exitCode !== 0) throw new CliError(run.stderr || `reading ended with ${run.exitCode}`)
      const { silverSet, writeSet } = await import('@atlas/evaluation')
      const set = silverSet(records)
      if (set.profiles.length === 0) throw new CliError(`no ORCID stands on two works among ${records.length} records`)
      await writeSet(out, set)
      for (const [code, count] of refused) context.note(`${count} files or records were not read: ${code}`)
      const truths = set.stream.filter(({ profile }) => profile !== null).length
      context.print({
        read: records.length,
        works: set.records.length,
        profiles: set.profiles.length,
        items: set.stream.length,
        truths,
      })
    })
}

const HELP = `
The labels are silver: iDs stand on wrong authors here and there, and no engine can find those. One record a work is kept,
the one with most iDs. Of a person with two works or more the first half are what he has confirmed, at most five; one person
in three has no profile all the same, and whoever has one work has none.

Examples:
  atlas evaluate make --from-orcids ../shared/data/samples --out silver
  atlas evaluate authors --data silver`

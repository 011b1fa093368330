import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SilverSet } from '@atlas/evaluation'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { recordsIn } from '../records-in.ts'

interface Options {
  readonly fromOrcids?: string
  readonly fromPersons?: string
  readonly out: string
  readonly source?: string
}

/** A labelled set of one's own records: wherever authors are told apart, the engine can be measured. */
export function makeCommand(context: Context): Command {
  return new Command('make')
    .description('make a labelled set of record files whose authors carry ORCIDs, which are hidden in it')
    .option(
      '--from-orcids <folder>',
      'record files as "atlas import" takes them; a folder named like a source names it',
    )
    .option('--from-persons <folder>', 'or BibTeX files of one person each, named Family_0001_Given.bib')
    .requiredOption('--out <folder>', 'where the set goes')
    .option('--source <source>', 'for all record files')
    .addHelpText('after', HELP)
    .action((options: Options) => make(context, options))
}

const HELP = `
The labels are silver: iDs stand on wrong authors here and there, and no engine can find those. One record a work is kept,
the one with most iDs. Of a person with two works or more the first half are what he has confirmed, at most five; one person
in three has no profile all the same, and whoever has one work has none.

Examples:
  atlas evaluate make --from-orcids ../shared/data/samples --out silver
  atlas evaluate authors --data silver
  atlas evaluate make --from-persons ../shared/data/samples/dblp/homonyms-jun-zhang --out homonyms`

async function make(context: Context, { fromOrcids, fromPersons, out, source }: Options): Promise<void> {
  const { labelledSet, silverSet, worksOfPersons, writeSet } = await import('@atlas/evaluation')
  if ((fromOrcids === undefined) === (fromPersons === undefined))
    throw new CliError('name one of --from-orcids and --from-persons', 2)
  const set =
    fromPersons === undefined
      ? silverSet(await recordsIn(context, fromOrcids ?? '', source))
      : labelledSet(worksOfPersons(personFiles(fromPersons)))
  if (set.profiles.length === 0) throw new CliError('nobody is named on two works, so there would be no profile')
  await writeSet(out, set)
  context.print(figuresOf(set))
}

function personFiles(folder: string): readonly { readonly name: string; readonly text: string }[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.bib'))
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

function figuresOf({ records, profiles, stream }: SilverSet): object {
  const truths = stream.filter(({ profile }) => profile !== null).length
  return { works: records.length, profiles: profiles.length, items: stream.length, truths }
}

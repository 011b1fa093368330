import { Command, InvalidArgumentError } from 'commander'
import type { Context } from '../context.ts'

interface Options {
  readonly data: string
  readonly cap?: number
  readonly json?: boolean
  readonly errors?: boolean
}

/** Whom the slots of a set are compared with, before anything is compared. */
export function blocksCommand(context: Context): Command {
  return new Command('blocks')
    .description('recall of blocking, and how many profiles a slot is compared with')
    .requiredOption('--data <folder>', 'the set: a stream with profiles, or pairs')
    .option('--cap <profiles>', 'split blocks above so many profiles; without, as the matcher does', positive)
    .option('--json', 'one object of JSON')
    .option('--errors', 'list the truths that are not found')
    .addHelpText('after', HELP)
    .action((options: Options) => blocks(context, options))
}

const HELP = `
A slot is compared with the profiles that share a key with it: an identifier, or family name and initial. A block of more
profiles than the cap is split by given name, then by co-author, institution, venue, subject and words. Figures are given with
blocks split and with blocks of any size. Of pairs the left slot is the profile, and a pair of one person is a truth.

Examples:
  atlas evaluate blocks --data ../shared/data/benchmarks/acl
  atlas evaluate blocks --data ../shared/data/benchmarks/acl-collided --cap 4 --json
  atlas evaluate blocks --data ../shared/data/benchmarks/medline-pairs --errors`

function positive(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('not a whole number above 0')
  return number
}

async function blocks(context: Context, { data, cap, json, errors }: Options): Promise<void> {
  const { blocksJson, blocksText, evaluateBlocks } = await import('@atlas/evaluation')
  const { BLOCK_CAP } = await import('@atlas/linkage')
  const figures = await evaluateBlocks(data, cap ?? BLOCK_CAP)
  context.print(json ? blocksJson(figures, errors === true) : blocksText(figures, errors === true))
}

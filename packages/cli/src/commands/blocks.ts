import { Command, InvalidArgumentError } from 'commander'
import type { Context } from '../context.ts'

interface Blocks {
  readonly cap: number
  readonly wide: number
  readonly widest: readonly {
    readonly key: string
    readonly since: string
    readonly profiles: number
    readonly slots: number
    readonly room: number
  }[]
}

/** The widest blocks of profiles, as an operator looks for names that cost most and find least. */
export function blocksCommand(context: Context): Command {
  return new Command('blocks')
    .description('the widest blocks of profiles: too wide to compare a slot with everybody in them')
    .option('--limit <n>', 'as many at most', positive, 20)
    .option('--json', 'one line of JSON a block')
    .addHelpText('after', HELP)
    .action(async ({ limit, json }: { limit: number; json?: boolean }) => {
      const found = (await context.call('matcher', 'GET', `/internal/blocks?limit=${limit}`)) as Blocks
      if (json) for (const block of found.widest) context.print(block)
      else if (found.widest.length > 0) context.print(textOf(found.widest))
      context.note(`${found.wide} blocks are too wide; a whole name may have ${found.cap} profiles`)
    })
}

const HELP = `
A slot whose block has no room left is looked up by the block's parts: given name, then co-author, institution, venue and words.
What nothing splits is left out: atlas_events_total{event="slot-cut"} counts how often, and "atlas explain candidate" shows where.

Examples:
  atlas blocks
  atlas blocks --limit 200 --json`

function textOf(blocks: Blocks['widest']): string {
  const rows = [
    ['profiles', 'room', 'slots', 'since', 'block'],
    ...blocks.map(({ profiles, room, slots, since, key }) => [
      ...[profiles, room, slots].map(String),
      since.slice(0, 10),
      key,
    ]),
  ]
  return rows
    .map(([profiles = '', room = '', slots = '', since = '', key = '']) =>
      [profiles.padStart(8), room.padStart(5), slots.padStart(8), since.padEnd(10), key].join('  '),
    )
    .join('\n')
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > 200)
    throw new InvalidArgumentError('a whole number from 1 to 200 is needed')
  return Number(text)
}

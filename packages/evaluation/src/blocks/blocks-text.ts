import { shareText, table } from '../report/table.ts'
import type { BlockFigures } from './evaluate-blocks.ts'
import type { MeetingFigures } from './meetings.ts'

/** Figures of blocking for a person at a terminal. */
export function blocksText(figures: BlockFigures, withMissed: boolean): string {
  const { set, profiles, slots, truths, capped, uncapped, kept, recallOfNamed, largest, missed } = figures
  const unnamed = missed.filter(({ sharesWord }) => !sharesWord).length
  return [
    `${set}: ${profiles} profiles, ${slots} slots, ${truths} of a profile`,
    table([
      ['blocks', 'recall', 'found', 'pairs a slot', 'p50', 'p99', 'max', 'slots cut'],
      row(`split above ${capped.cap}`, capped),
      row('never split', uncapped),
    ]),
    `recall ${shareText(recallOfNamed)} without the ${unnamed} truths that share no word of a name with their profile; ` +
      `${shareText(kept)} of what is found without a cap is found with it`,
    table([['found by', 'truths'], ...Object.entries(capped.foundBy).map(([kind, n]) => [kind, String(n)])]),
    table([['largest blocks', 'profiles'], ...largest.map(({ key, profiles }) => [key, String(profiles)])]),
    ...(withMissed
      ? [missed.map((one) => `${one.record}#${one.slot} ${one.name}: not ${one.names.join('; ')}`).join('\n')]
      : []),
  ].join('\n\n')
}

function row(name: string, { recall, found, pairs, cut }: MeetingFigures): readonly string[] {
  const { mean, p50, p99, max } = pairs
  return [name, recall.toFixed(4), String(found), mean.toFixed(2), ...[p50, p99, max, cut].map(String)]
}

/** The same as one object. */
export function blocksJson({ capped, uncapped, missed, ...figures }: BlockFigures, withMissed: boolean): object {
  const listed = ({ foundAt: _, ...rest }: MeetingFigures) => rest
  return {
    ...figures,
    recall: capped.recall,
    capped: listed(capped),
    uncapped: listed(uncapped),
    missed: withMissed ? missed : missed.length,
  }
}

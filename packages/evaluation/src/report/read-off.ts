import type { Difference } from '../run/compare.ts'
import type { Kept, ReadOff } from '../score/curve.ts'
import { shareText, thresholdText } from './table.ts'

/** What a threshold of that precision finds: the best in hindsight, and the one whose probabilities promised it. */
export function readOffTable(readOffs: readonly ReadOff[], kept: readonly Kept[]): readonly (readonly string[])[] {
  return [
    ['precision', 'recall', 'from', 'promised from', 'real precision', 'recall'],
    ...readOffs.map(({ precision, recall, threshold }, at) => {
      const promise = kept[at]
      return [
        shareText(precision),
        shareText(recall),
        thresholdText(threshold),
        thresholdText(promise?.threshold ?? null),
        shareText(promise?.precision ?? 0),
        shareText(promise?.recall ?? 0),
      ]
    }),
  ]
}

/** How far one engine is above another; an interval on one side of 0 does not hang on a few names. */
export function differenceTable(other: string, differences: readonly Difference[]): readonly (readonly string[])[] {
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
  return [
    [`above ${other} by`, 'difference', '(95 %, paired)'],
    ...differences.map(({ measure, difference, interval }) => [
      measure,
      signed(difference),
      interval.map(signed).join(' to '),
    ]),
  ]
}

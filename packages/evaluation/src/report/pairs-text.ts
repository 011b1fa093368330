import type { PairResult } from '../run/evaluate-pairs.ts'
import { readOffTable } from './read-off.ts'
import { intervalText, shareText, table, thresholdText } from './table.ts'

export function pairsText(results: readonly PairResult[]): string {
  const [first] = results
  if (first === undefined) return ''
  return [
    `${first.set}: ${first.pairs} pairs, ${first.same} of one person`,
    table(pairTable(results)),
    `${first.model}: best F1 in hindsight ${shareText(first.bestF1.f1)} from ${thresholdText(first.bestF1.threshold)}`,
    table(readOffTable(first.recallAtPrecision, first.promised)),
  ].join('\n\n')
}

export function pairTable(results: readonly PairResult[]): readonly (readonly string[])[] {
  const rows = results.flatMap((result) => [
    [
      result.model,
      'all',
      thresholdText(result.threshold),
      String(result.pairs),
      ...[result.precision, result.recall, result.f1].map(shareText),
      intervalText(result.intervals.f1, shareText),
      shareText(result.ece),
    ],
    ...result.splits.map((split) => [
      '',
      split.split,
      '',
      String(split.pairs),
      ...[split.precision, split.recall, split.f1].map(shareText),
      '',
      shareText(split.ece),
    ]),
  ])
  return [['model', 'split', 'from', 'pairs', 'precision', 'recall', 'F1', '(95 %)', 'ECE'], ...rows]
}

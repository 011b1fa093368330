import type { AuthorResult } from '../run/evaluate-authors.ts'
import type { FacetRow } from '../score/authors.ts'
import { readOffTable } from './read-off.ts'
import { intervalText, shareText, table, thresholdText } from './table.ts'

/** Figures for a person at a terminal; the first result is shown in full. */
export function authorsText(results: readonly AuthorResult[]): string {
  const [first] = results
  if (first === undefined) return ''
  return [
    `${first.set}: ${first.items} items, ${first.truths} of a profile, ${first.nilTotal} of nobody; ${first.blocks} name blocks`,
    table(summaryTable(results)),
    ...results.slice(0, 1).map(details),
  ].join('\n\n')
}

export function summaryTable(results: readonly AuthorResult[]): readonly (readonly string[])[] {
  const head = ['model', 'from', 'precision', 'recall', 'F1', '(95 %)', 'NIL', 'R@1', 'R@3', 'R@10', 'ECE', 'questions']
  return [
    head,
    ...results.map((result) => [
      nameOf(result),
      thresholdText(result.threshold),
      ...[result.precision, result.recall, result.f1].map(shareText),
      intervalText(result.intervals.f1, shareText),
      String(result.nilAccepted),
      ...[result.recallAt1, result.recallAt3, result.recallAt10, result.ece].map(shareText),
      result.questions.perItem.toFixed(2),
    ]),
  ]
}

function details(result: AuthorResult): string {
  const { questions, facets, bestF1 } = result
  return [
    `${nameOf(result)}: best F1 in hindsight ${shareText(bestF1.f1)} from ${thresholdText(bestF1.threshold)}`,
    table(readOffTable(result.recallAtPrecision, result.promised)),
    `questions until 95 % of a researcher's stream is settled: ${questions.total} for the ${questions.settled} of ` +
      `${questions.researchers} who get there, mean ${questions.mean.toFixed(2)}, median ${questions.median}, ` +
      `nine in ten at most ${questions.p90}; ${questions.perItem.toFixed(2)} an item`,
    table(facetTable(facets)),
  ].join('\n\n')
}

export function facetTable(facets: readonly FacetRow[]): readonly (readonly string[])[] {
  return [
    ['facet', '', 'items', 'of a profile', 'precision', 'recall', 'F1', 'NIL', 'ECE'],
    ...facets.map((row) => [
      row.facet,
      row.value,
      String(row.items),
      String(row.truths),
      ...[row.precision, row.recall, row.f1].map(shareText),
      `${row.nilAccepted}/${row.nilTotal}`,
      shareText(row.ece),
    ]),
  ]
}

export function nameOf({ model, answers }: Pick<AuthorResult, 'model' | 'answers'>): string {
  return answers ? `${model}, with answers` : model
}

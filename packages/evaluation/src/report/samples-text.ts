import type { SampleError, SampleResult } from '../samples/evaluate-samples.ts'
import { table } from './table.ts'
import { orDash, ruleTable, workFacetTable, wrongWorkText } from './works-text.ts'

/** Figures for a person at a terminal, mode by mode. */
export function samplesText(results: readonly SampleResult[]): string {
  return results
    .map((result) =>
      [
        `${result.mode}: ${result.records} records, ${result.works} works by ${result.model}`,
        table(questionTable(result)),
        table(ruleTable(result)),
        table(workFacetTable(result)),
      ].join('\n\n'),
    )
    .join('\n\n')
}

export function questionTable({ questions }: SampleResult): readonly (readonly string[])[] {
  return [
    ['pairs', 'right', 'wrong', 'missed', 'unknown', 'precision', 'recall'],
    ...questions.map(({ question, right, wrong, missed, unknown, precision, recall }) => [
      question,
      ...[right, wrong, missed, unknown].map(String),
      orDash(precision),
      orDash(recall),
    ]),
  ]
}

export function sampleErrorText(mode: string, { mistake, question, left, right, why }: SampleError): string {
  return `${mistake} ${mode} (${question}), ${wrongWorkText({ mistake: mistake === 'missed' ? 'kept apart' : 'joined', left, right, why })}`
}

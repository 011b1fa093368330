import type { SampleError, SampleResult } from '../samples/evaluate-samples.ts'
import { table } from './table.ts'
import { orDash, ruleTable, workFacetTable, wrongWorkText } from './works-text.ts'

/** What a reader must know before he believes the first row. */
export const MADE_UP =
  'The articles of the preprints are made up: the samples have no record of them. Each is its DOI, the title, initials and a year later.'

/** Figures for a person at a terminal, mode by mode. */
export function samplesText(results: readonly SampleResult[]): string {
  return [MADE_UP, ...results.map(modeText)].join('\n\n')
}

function modeText(result: SampleResult): string {
  return [
    `${result.mode}: ${result.records} records, ${result.works} works by ${result.model}`,
    table(questionTable(result)),
    table(ruleTable(result)),
    table(workFacetTable(result)),
  ].join('\n\n')
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

import type { WrongWork } from '../run/said.ts'
import type { WorkResult } from '../run/work-result.ts'
import type { WorkSide, WorkWhy } from '../run/work-sides.ts'
import { intervalText, shareText, table } from './table.ts'

/** Figures for a person at a terminal; the first result is shown in full. */
export function worksText(results: readonly WorkResult[]): string {
  const [first] = results
  if (first === undefined) return ''
  return [
    `${first.set}: ${first.records} records; what is true is given as ${first.form}`,
    table(workTable(results)),
    table(ruleTable(first)),
    table(workFacetTable(first)),
  ].join('\n\n')
}

/** The figures that the form of the truths allows. */
export function workTable(results: readonly WorkResult[]): readonly (readonly string[])[] {
  const labels = results[0]?.form === 'labels'
  const head = labels
    ? [
        'rules',
        'sensitivity',
        '(95 %)',
        'specificity',
        '(95 %)',
        'duplicates kept',
        'distinct works lost',
        'works',
        'in truth',
      ]
    : ['rules', 'precision', 'recall', 'F1', '(95 %)', 'right', 'wrong', 'missed', 'works']
  return [head, ...results.map((result) => (labels ? labelCells(result) : pairCells(result)))]
}

export function ruleTable({ rules }: Pick<WorkResult, 'rules'>): readonly (readonly string[])[] {
  return [
    ['rule', 'right', 'wrong', 'missed', 'precision', '(95 %)'],
    ...rules.map(({ reason, right, wrong, missed, precision, interval }) => [
      reason,
      ...[right, wrong, missed].map(String),
      orDash(precision),
      interval ? intervalText(interval, shareText) : '',
    ]),
  ]
}

export function workFacetTable({ facets }: Pick<WorkResult, 'facets'>): readonly (readonly string[])[] {
  return [
    ['facet', '', 'right', 'wrong', 'missed', 'precision', 'recall', 'F1'],
    ...facets.map(({ facet, value, right, wrong, missed, precision, recall, f1 }) => [
      facet,
      value,
      ...[right, wrong, missed].map(String),
      ...[precision, recall, f1].map(orDash),
    ]),
  ]
}

/** One wrong answer as a paragraph: both records, the rule, and what it looked at. */
export function wrongWorkText({ mistake, left, right, why }: WrongWork): string {
  return [
    `${mistake}: ${whyText(why)}`,
    ...sideLines(left),
    ...(right === null ? ['  nothing in the set is like it'] : sideLines(right)),
    ...why.through.map(
      ({ left: from, right: to, reason, evidence }) =>
        `  through ${from} and ${to}: ${reason} (${evidence.join('; ')})`,
    ),
  ].join('\n')
}

export function nameOfWorks({ model, oneToOne }: Pick<WorkResult, 'model' | 'oneToOne'>): string {
  return oneToOne.length === 0 ? model : `${model}, one-to-one ${oneToOne.join(' ')}`
}

export function orDash(value: number | null): string {
  return value === null ? '–' : shareText(value)
}

function whyText({ status, reason, evidence }: WorkWhy): string {
  return `${reason}${status === null ? '' : `, ${status}`} (${evidence.join('; ')})`
}

function sideLines({
  record,
  type,
  title,
  authors,
  year,
  venue,
  volume,
  issue,
  firstPage,
  identifiers,
}: WorkSide): string[] {
  const shown = authors.length > 6 ? [...authors.slice(0, 6), `and ${authors.length - 6} more`] : authors
  const place = [venue, volume && `vol. ${volume}`, issue && `no. ${issue}`, firstPage && `p. ${firstPage}`]
  return [
    `  ${record} (${type}, ${year ?? 'no year'}) "${title ?? ''}"`,
    `    ${shown.join('; ') || 'no authors'} · ${place.filter(Boolean).join(', ') || 'no venue'}${identifiers.length === 0 ? '' : ` · ${identifiers.join(' ')}`}`,
  ]
}

function labelCells(result: WorkResult): string[] {
  const { sensitivity, specificity, duplicatesKept, distinctWorksLost, works, trueWorks, intervals } = result
  return [
    nameOfWorks(result),
    orDash(sensitivity),
    intervals.sensitivity ? intervalText(intervals.sensitivity, shareText) : '',
    orDash(specificity),
    intervals.specificity ? intervalText(intervals.specificity, shareText) : '',
    ...[duplicatesKept, distinctWorksLost, works, trueWorks].map((count) => String(count ?? '–')),
  ]
}

function pairCells(result: WorkResult): string[] {
  const { precision, recall, f1, right, wrong, missed, works, intervals } = result
  return [
    nameOfWorks(result),
    ...[precision, recall, f1].map(orDash),
    intervals.f1 ? intervalText(intervals.f1, shareText) : '',
    ...[right, wrong, missed, works].map((count) => String(count ?? '–')),
  ]
}

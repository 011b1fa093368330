import type { WorkResult } from '../../run/work-result.ts'
import { nameOfWorks, ruleTable, workFacetTable, workTable, wrongWorkText } from '../works-text.ts'
import { barPlot, sharePlot } from './bars.ts'
import { legend } from './colours.ts'
import { type Estimate, intervalPlot } from './intervals.ts'
import { htmlTable, page, type Section } from './page.ts'
import { escaped } from './svg.ts'

/** A report on one set: the first result in detail, the others beside it. */
export function worksHtml(results: readonly WorkResult[]): string {
  const [first] = results
  if (first === undefined) throw new Error('nothing to report')
  return page(`Works of ${first.set}`, SAYS[first.form], [
    { title: 'Figures', says: 'The rules, and what they have to be better than.', body: htmlTable(workTable(results)) },
    intervals(results),
    ...rules(first),
    {
      title: 'Sizes of works',
      says: 'How many works have so many records.',
      body: barPlot(
        'sizes of works',
        'works',
        first.sizes.map(({ size, works }) => ({ name: `${size} records`, parts: [works] })),
      ),
    },
    {
      title: 'Facets',
      says: 'What makes a pair easy or hard, by the data alone.',
      body: htmlTable(workFacetTable(first)),
    },
    {
      title: 'Wrong answers',
      says: 'Both records, the rule, and what it looked at.',
      body: first.errors.map((error) => `<pre>${escaped(wrongWorkText(error))}</pre>`).join('\n') || '<p>None.</p>',
    },
  ])
}

const SAYS = {
  matches: 'Pairs of records across sources that describe one publication, against the pairs that are in one cluster.',
  labels:
    'Records labelled unique or duplicate, not of which. Of each cluster one record is kept, a unique one where there is one: a duplicate is kept where a cluster has no unique record, a work is lost with every unique record beyond the first.',
  pairs: 'Pairs with a verdict, each compared by itself.',
} as const

const MEASURES = ['f1', 'precision', 'recall', 'sensitivity', 'specificity'] as const

function intervals(results: readonly WorkResult[]): Section {
  const plots = MEASURES.flatMap((measure) => {
    const estimates = results.flatMap((result): Estimate[] => {
      const [value, interval] = [result[measure], result.intervals[measure]]
      return value === null || interval === undefined ? [] : [{ name: nameOfWorks(result), value, interval }]
    })
    return estimates.length === results.length ? [intervalPlot(measure === 'f1' ? 'F1' : measure, estimates)] : []
  })
  return {
    title: 'Intervals',
    says: 'Between the ends lie 95 of 100 resamples of whole groups of records that hang together.',
    body: `${legend(results.map(nameOfWorks))}<div class="row">${plots.join('')}</div>`,
  }
}

function rules(result: WorkResult): readonly Section[] {
  const parts = ({ right, wrong, missed }: WorkResult['rules'][number]) => [right, wrong, missed]
  return [
    {
      title: `What the rules of ${nameOfWorks(result)} decided`,
      says: 'Pairs that each rule joined rightly and wrongly, and true ones that it kept apart.',
      body:
        legend(['right', 'wrong', 'missed']) +
        barPlot(
          'decisions by rule',
          'pairs',
          result.rules.map((row) => ({ name: row.reason, parts: parts(row) })),
        ) +
        htmlTable(ruleTable(result)),
    },
    {
      title: 'Precision by rule',
      says: 'Share of what a rule joined that is right, with Wilson’s interval.',
      body: sharePlot(
        'precision',
        result.rules.flatMap(({ reason, precision, interval }) =>
          precision === null || interval === null ? [] : [{ name: reason, value: precision, interval }],
        ),
      ),
    },
  ]
}

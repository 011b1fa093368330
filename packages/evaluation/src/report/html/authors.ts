import type { AuthorResult } from '../../run/evaluate-authors.ts'
import { facetTable, nameOf, summaryTable } from '../authors-text.ts'
import { readOffTable } from '../read-off.ts'
import { colourOf, legend } from './colours.ts'
import { curvePlot } from './curve.ts'
import { FACET_LEGEND, facetPlot } from './facets.ts'
import { type Estimate, intervalPlot } from './intervals.ts'
import { htmlTable, page, type Section } from './page.ts'
import { reliabilityPlot } from './reliability.ts'

/** A report on one set: the first result in detail, the others beside it. */
export function authorsHtml(results: readonly AuthorResult[]): string {
  const [first] = results
  if (first === undefined) throw new Error('nothing to report')
  const says = `${first.items} items in the order of time, ${first.truths} of a profile and ${first.nilTotal} of nobody. NIL: accepted on items of nobody; R@n: truths among the first n proposals; questions: for each item that is settled.`
  return page(`Author matching on ${first.set}`, says, [
    { title: 'Figures', says: 'Each engine at its own threshold.', body: htmlTable(summaryTable(results)) },
    ...plots(results),
    {
      title: `Facets of ${nameOf(first)}`,
      says: 'What makes an item easy or hard, by the data alone.',
      body: legend(FACET_LEGEND) + facetPlot(first.facets) + htmlTable(facetTable(first.facets)),
    },
  ])
}

function plots(results: readonly AuthorResult[]): readonly Section[] {
  const [first] = results
  if (first === undefined) return []
  const estimates = (of: 'precision' | 'recall' | 'f1' | 'ece'): readonly Estimate[] =>
    results.map((result) => ({ name: nameOf(result), value: result[of], interval: result.intervals[of] }))
  const names = legend(results.map(nameOf))
  return [
    {
      title: 'Precision and recall',
      says: 'Every threshold of each engine; a square is its own. Rules know few probabilities, so theirs are short.',
      body: `${names}<div class="row">${curvePlot(results.map((result) => ({ ...result, name: nameOf(result) })))}${htmlTable(readOffTable(first.recallAtPrecision, first.promised))}</div>`,
    },
    {
      title: `Reliability of ${nameOf(first)}`,
      says: `The probability of the first proposal in ten bins, with the number of proposals in each. Expected calibration error ${first.ece.toFixed(4)}.`,
      body: reliabilityPlot(first.reliability, colourOf(0)),
    },
    {
      title: 'Intervals',
      says: 'Between the ends lie 95 of 100 resamples of whole name blocks (surname and first initial).',
      body: `${names}<div class="row">${intervalPlot('F1', estimates('f1'))}${intervalPlot('precision', estimates('precision'))}${intervalPlot('recall', estimates('recall'))}${intervalPlot('calibration error', estimates('ece'))}</div>`,
    },
  ]
}

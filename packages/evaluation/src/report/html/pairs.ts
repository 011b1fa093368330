import type { PairResult } from '../../run/evaluate-pairs.ts'
import { pairTable } from '../pairs-text.ts'
import { readOffTable } from '../read-off.ts'
import { colourOf, legend } from './colours.ts'
import { curvePlot } from './curve.ts'
import { intervalPlot } from './intervals.ts'
import { htmlTable, page } from './page.ts'
import { reliabilityPlot } from './reliability.ts'

export function pairsHtml(results: readonly PairResult[]): string {
  const [first] = results
  if (first === undefined) throw new Error('nothing to report')
  const names = legend(results.map(({ model }) => model))
  const of = (measure: 'f1' | 'ece') =>
    results.map((result) => ({ name: result.model, value: result[measure], interval: result.intervals[measure] }))
  return page(`Pairs of ${first.set}`, `${first.pairs} pairs, ${first.same} of one person.`, [
    { title: 'Figures', says: 'Each engine at its own threshold.', body: htmlTable(pairTable(results)) },
    {
      title: 'Precision and recall',
      says: 'Every threshold of each engine; a square is its own.',
      body: `${names}<div class="row">${curvePlot(results.map((result) => ({ ...result, name: result.model })))}${htmlTable(readOffTable(first.recallAtPrecision, first.promised))}</div>`,
    },
    {
      title: `Reliability of ${first.model}`,
      says: `Ten bins, with the number of pairs in each. Expected calibration error ${first.ece.toFixed(4)}.`,
      body: reliabilityPlot(first.reliability, colourOf(0)),
    },
    {
      title: 'Intervals',
      says: 'Between the ends lie 95 of 100 resamples of whole name blocks.',
      body: `${names}<div class="row">${intervalPlot('F1', of('f1'))}${intervalPlot('calibration error', of('ece'))}</div>`,
    },
  ])
}

import type { SampleResult } from '../../samples/evaluate-samples.ts'
import { MADE_UP, questionTable, sampleErrorText } from '../samples-text.ts'
import { ruleTable, workFacetTable } from '../works-text.ts'
import { barPlot, sharePlot } from './bars.ts'
import { legend } from './colours.ts'
import { htmlTable, page, type Section } from './page.ts'
import { escaped } from './svg.ts'

/** A report on real records of many sources, mode by mode. */
export function samplesHtml(results: readonly SampleResult[]): string {
  return page(
    'Works of real records',
    `Records of many sources in one pool, judged by the identifiers they share; once as they are, once with every identifier hidden from the engine. ${MADE_UP}`,
    results.flatMap(sectionsOf),
  )
}

function sectionsOf(result: SampleResult): readonly Section[] {
  const { mode, questions, rules, errors } = result
  return [
    {
      title: `Pairs ${mode}`,
      says: `${result.records} records, ${result.works} works by ${result.model}. Unknown: put into one work, and no identifier says whether they are.`,
      body: htmlTable(questionTable(result)) + legend(['right', 'wrong', 'missed']) + decisions(questions, 'question'),
    },
    {
      title: `Rules ${mode}`,
      says: 'Pairs that each rule joined rightly and wrongly, and true ones that it kept apart.',
      body: legend(['right', 'wrong', 'missed']) + decisions(rules, 'reason') + htmlTable(ruleTable(result)),
    },
    {
      title: `Precision by rule ${mode}`,
      says: 'Share of what a rule joined that is right, with Wilson’s interval.',
      body: sharePlot(
        'precision',
        rules.flatMap(({ reason, precision, interval }) =>
          precision === null || interval === null ? [] : [{ name: reason, value: precision, interval }],
        ),
      ),
    },
    {
      title: `Facets ${mode}`,
      says: 'What makes a pair easy or hard, by the data alone.',
      body: htmlTable(workFacetTable(result)),
    },
    {
      title: `Wrong and missed ${mode}`,
      says: 'Both records, the rule, and what it looked at.',
      body:
        errors
          .filter(({ mistake }) => mistake !== 'unknown')
          .map((error) => `<pre>${escaped(sampleErrorText(mode, error))}</pre>`)
          .join('\n') || '<p>None.</p>',
    },
  ]
}

interface Decided {
  readonly right: number
  readonly wrong: number
  readonly missed: number
}

function decisions<T extends Decided & Readonly<Record<K, string>>, K extends 'question' | 'reason'>(
  rows: readonly T[],
  name: K,
): string {
  return barPlot(
    'decisions',
    'pairs',
    rows.map((row) => ({ name: row[name], parts: [row.right, row.wrong, row.missed] })),
  )
}

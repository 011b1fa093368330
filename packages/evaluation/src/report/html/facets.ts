import type { FacetRow } from '../../score/authors.ts'
import { colourOf } from './colours.ts'
import { dot, escaped, plot, px, tenths } from './svg.ts'

const MARKS = [
  { of: 'precision', colour: colourOf(0) },
  { of: 'recall', colour: colourOf(1) },
  { of: 'f1', colour: colourOf(2) },
] as const

/** Precision, recall and F1 of each part of the set; rows without a truth are left to the table. */
export function facetPlot(rows: readonly FacetRow[]): string {
  const shown = rows.filter(({ truths }) => truths > 0)
  const lowest = Math.min(...shown.flatMap((row) => MARKS.map(({ of }) => row[of])), 0.9)
  const from = Math.floor(lowest * 10) / 10
  const height = 70 + 22 * shown.length
  const svg = plot(
    'measures by facet',
    520,
    height,
    { title: 'share', from, to: 1, ticks: tenths(from, 1), text: (value) => value.toFixed(1) },
    { title: '', from: -0.5, to: shown.length - 0.5, ticks: [], text: String },
    ({ x, y }) =>
      shown
        .flatMap((row, at) =>
          MARKS.map(({ of, colour }) =>
            dot(
              x(row[of]),
              y(shown.length - 1 - at),
              4.5,
              `fill="${colour}" fill-opacity="0.8"`,
              `${row.facet}, ${row.value}: ${of} ${row[of].toFixed(3)}`,
            ),
          ),
        )
        .join('\n'),
  )
  const names = shown.map(({ facet, value, items }, at) => {
    const y = 12 + ((at + 0.5) * (height - 60)) / shown.length
    return `<text x="292" y="${px(y + 4)}" text-anchor="end">${escaped(`${facet}: ${value} (${items} items)`)}</text>`
  })
  return `<div class="row"><svg width="300" height="${height}" viewBox="0 0 300 ${height}">${names.join('')}</svg>${svg}</div>`
}

export const FACET_LEGEND: readonly string[] = MARKS.map(({ of }) => of)

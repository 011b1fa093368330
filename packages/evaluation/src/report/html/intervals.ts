import type { Interval } from '../../score/bootstrap.ts'
import { colourOf } from './colours.ts'
import { dot, label, plot, tenths } from './svg.ts'

/** A measure of one engine with the interval around it. */
export interface Estimate {
  readonly name: string
  readonly value: number
  readonly interval: Interval
}

/** One row an engine, in the colours of the legend. */
export function intervalPlot(title: string, estimates: readonly Estimate[]): string {
  const [low, high] = [
    Math.min(...estimates.map(({ interval }) => interval[0])),
    Math.max(...estimates.map(({ interval }) => interval[1])),
  ]
  const from = Math.max(0, Math.floor(low * 10) / 10)
  const to = Math.max(from + 0.1, Math.min(1, Math.ceil(high * 10) / 10))
  return plot(
    `${title} with intervals`,
    420,
    70 + 24 * estimates.length,
    {
      title: `${title} (95 % of resamples of name blocks)`,
      from,
      to,
      ticks: tenths(from, to),
      text: (value) => value.toFixed(1),
    },
    { title: '', from: -0.5, to: estimates.length - 0.5, ticks: [], text: String },
    ({ x, y }) =>
      estimates
        .map(({ name, value, interval }, at) => {
          const [row, colour] = [y(estimates.length - 1 - at), colourOf(at)]
          const bar = `<line x1="${x(interval[0])}" x2="${x(interval[1])}" y1="${row}" y2="${row}" stroke="${colour}" stroke-width="2"/>`
          const tooltip = `${name}: ${value.toFixed(4)} (${interval.map((end) => end.toFixed(4)).join(' to ')})`
          return bar + dot(x(value), row, 4, `fill="${colour}"`, tooltip) + label(58, row + 4, 'end', value.toFixed(3))
        })
        .join('\n'),
  )
}

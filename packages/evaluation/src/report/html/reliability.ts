import type { Bin } from '../../score/calibration.ts'
import { type Axis, dot, label, line, plot, steps } from './svg.ts'

const share = (title: string): Axis => ({
  title,
  from: 0,
  to: 1,
  ticks: steps(0, 1, 5),
  text: (value) => value.toFixed(1),
})

/** What was promised against what was so; on the diagonal a probability means what it says. */
export function reliabilityPlot(bins: readonly Bin[], colour: string): string {
  const said = bins.filter(({ count }) => count > 0)
  const most = Math.max(1, ...said.map(({ count }) => count))
  return plot(
    'reliability diagram',
    420,
    380,
    share('mean probability that was given'),
    share('share that was right'),
    ({ x, y }) => {
      const diagonal = line(
        [
          [x(0), y(0)],
          [x(1), y(1)],
        ],
        'stroke="#888" stroke-dasharray="4 4"',
      )
      const points = said.map(({ count, right, sum }) => [x(sum / count), y(right / count)] as const)
      const dots = said.map(({ from, to, count, right, sum }) =>
        dot(
          x(sum / count),
          y(right / count),
          3 + 9 * Math.sqrt(count / most),
          `fill="${colour}" fill-opacity="0.35" stroke="${colour}"`,
          `${from.toFixed(1)} to ${to.toFixed(1)}: ${count} proposals, mean ${(sum / count).toFixed(3)}, right ${(right / count).toFixed(3)}`,
        ),
      )
      const counts = said.map(({ count, right, sum }) =>
        label(x(sum / count), y(right / count) + (right > count / 2 ? 24 : -16), 'middle', String(count)),
      )
      return [diagonal, line(points, `stroke="${colour}"`), ...dots, ...counts].join('\n')
    },
  )
}

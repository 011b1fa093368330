import type { CurvePoint } from '../../score/curve.ts'
import { colourOf } from './colours.ts'
import { line, plot, px, steps } from './svg.ts'

/** One engine's curve and where its own threshold is on it. */
export interface NamedCurve {
  readonly name: string
  readonly curve: readonly CurvePoint[]
  readonly precision: number
  readonly recall: number
}

// A curve has a point for each probability; more than this many cannot be told apart on paper.
const POINTS = 400

export function curvePlot(curves: readonly NamedCurve[]): string {
  const lowest = Math.min(0.9, ...curves.map(({ precision }) => precision))
  const floor = Math.max(0, Math.floor(lowest * 10 - 1) / 10)
  const text = (value: number): string => value.toFixed(2)
  return plot(
    'precision and recall for every threshold',
    560,
    380,
    { title: 'recall (share of the truths that is accepted)', from: 0, to: 1, ticks: steps(0, 1, 10), text },
    { title: 'precision (share of the accepted that is true)', from: floor, to: 1, ticks: steps(floor, 1, 5), text },
    ({ x, y }) =>
      curves
        .map(({ curve, precision, recall, name }, at) => {
          const shown = thinned(curve).filter((point) => point.precision >= floor)
          const points = shown.map((point) => [x(point.recall), y(point.precision)] as const)
          const [cx, cy] = [px(x(recall)), px(y(Math.max(floor, precision)))]
          const place = `<rect x="${Number(cx) - 4}" y="${Number(cy) - 4}" width="8" height="8" fill="${colourOf(at)}"><title>${name.replace(/[&<>]/g, ' ')}: precision ${text(precision)}, recall ${text(recall)}</title></rect>`
          return line(points, `stroke="${colourOf(at)}" stroke-width="1.6"`) + place
        })
        .join('\n'),
  )
}

function thinned(curve: readonly CurvePoint[]): readonly CurvePoint[] {
  const step = Math.max(1, Math.ceil(curve.length / POINTS))
  return curve.filter((_, at) => at % step === 0 || at === curve.length - 1)
}

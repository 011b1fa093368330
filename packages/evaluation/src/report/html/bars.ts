import { colourOf } from './colours.ts'
import { dot, escaped, plot, px } from './svg.ts'

/** Parts of one bar, in the colours of the legend. */
export interface Bar {
  readonly name: string
  readonly parts: readonly number[]
}

const LEFT = 300

/** One bar a row; how many there are stands at its end. */
export function barPlot(title: string, what: string, bars: readonly Bar[]): string {
  const sum = ({ parts }: Bar): number => parts.reduce((total, part) => total + part, 0)
  const most = Math.max(1, ...bars.map(sum))
  const height = 70 + 20 * bars.length
  const svg = plot(
    title,
    560,
    height,
    { title: what, from: 0, to: most * 1.1, ticks: [0, Math.ceil(most / 2), most], text: String },
    { title: '', from: -0.5, to: bars.length - 0.5, ticks: [], text: String },
    ({ x, y }) =>
      bars
        .map((bar, row) => {
          const middle = y(bars.length - 1 - row)
          const rects = bar.parts.map((part, at) => {
            const from = bar.parts.slice(0, at).reduce((total, one) => total + one, 0)
            return `<rect x="${px(x(from))}" y="${px(middle - 6)}" width="${px(x(from + part) - x(from))}" height="12" fill="${colourOf(at)}"><title>${escaped(bar.name)}: ${part}</title></rect>`
          })
          return `${rects.join('')}<text x="${px(x(sum(bar)) + 4)}" y="${px(middle + 4)}">${bar.parts.join(' · ')}</text>`
        })
        .join('\n'),
  )
  return `<div class="row">${namesOf(
    bars.map(({ name }) => name),
    height,
  )}${svg}</div>`
}

/** A share with the interval around it, one a row. */
export function sharePlot(
  title: string,
  shares: readonly { readonly name: string; readonly value: number; readonly interval: readonly [number, number] }[],
): string {
  const from = Math.floor(Math.min(0.9, ...shares.map(({ interval }) => interval[0])) * 10) / 10
  const height = 70 + 20 * shares.length
  const svg = plot(
    title,
    560,
    height,
    { title, from, to: 1, ticks: [from, (from + 1) / 2, 1], text: (value) => value.toFixed(2) },
    { title: '', from: -0.5, to: shares.length - 0.5, ticks: [], text: String },
    ({ x, y }) =>
      shares
        .map(({ name, value, interval: [low, high] }, row) => {
          const middle = y(shares.length - 1 - row)
          return `<line x1="${px(x(low))}" x2="${px(x(high))}" y1="${px(middle)}" y2="${px(middle)}" stroke="${colourOf(0)}" stroke-width="2"/>${dot(x(value), middle, 4, `fill="${colourOf(0)}"`, `${name}: ${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`)}`
        })
        .join('\n'),
  )
  return `<div class="row">${namesOf(
    shares.map(({ name }) => name),
    height,
  )}${svg}</div>`
}

function namesOf(names: readonly string[], height: number): string {
  const texts = names.map(
    (name, row) =>
      `<text x="${LEFT - 8}" y="${px(12 + ((row + 0.5) * (height - 60)) / names.length + 4)}" text-anchor="end">${escaped(name)}</text>`,
  )
  return `<svg width="${LEFT}" height="${height}" viewBox="0 0 ${LEFT} ${height}">${texts.join('')}</svg>`
}

/** Text as it may stand in HTML and SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A straight scale from values to pixels. */
export interface Axis {
  readonly title: string
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
  readonly text: (value: number) => string
}

/** Where a plot is drawn, and how values get there. */
export interface Frame {
  readonly width: number
  readonly height: number
  x(value: number): number
  y(value: number): number
}

const LEFT = 64
const RIGHT = 16
const TOP = 12
const BOTTOM = 48

/** A plot with titled axes and a grid; `draw` puts the data in. */
export function plot(
  label: string,
  width: number,
  height: number,
  x: Axis,
  y: Axis,
  draw: (frame: Frame) => string,
): string {
  const frame: Frame = {
    width,
    height,
    x: (value) => LEFT + ((value - x.from) / (x.to - x.from)) * (width - LEFT - RIGHT),
    y: (value) => height - BOTTOM - ((value - y.from) / (y.to - y.from)) * (height - TOP - BOTTOM),
  }
  const bottom = height - BOTTOM
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">
${x.ticks.map((tick) => verticalTick(frame, tick, x, bottom)).join('')}
${y.ticks.map((tick) => horizontalTick(frame, tick, y)).join('')}
<text class="title" x="${px((LEFT + width - RIGHT) / 2)}" y="${height - 8}" text-anchor="middle">${escaped(x.title)}</text>
<text class="title" transform="translate(14 ${px((TOP + bottom) / 2)}) rotate(-90)" text-anchor="middle">${escaped(y.title)}</text>
${draw(frame)}
</svg>`
}

export function px(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '')
}

export function line(points: readonly (readonly [x: number, y: number])[], style: string): string {
  return points.length === 0
    ? ''
    : `<polyline fill="none" ${style} points="${points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ')}"/>`
}

export function dot(x: number, y: number, radius: number, style: string, tooltip: string): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" ${style}><title>${escaped(tooltip)}</title></circle>`
}

export function label(x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): string {
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escaped(text)}</text>`
}

function verticalTick(frame: Frame, tick: number, { text }: Axis, bottom: number): string {
  const x = frame.x(tick)
  return `<line class="grid" x1="${px(x)}" x2="${px(x)}" y1="${TOP}" y2="${px(bottom)}"/>${label(x, bottom + 16, 'middle', text(tick))}`
}

function horizontalTick(frame: Frame, tick: number, { text }: Axis): string {
  const y = frame.y(tick)
  return `<line class="grid" x1="${LEFT}" x2="${frame.width - RIGHT}" y1="${px(y)}" y2="${px(y)}"/>${label(LEFT - 6, y + 4, 'end', text(tick))}`
}

/** Equal steps with both ends, however fractions of two add up. */
export function steps(from: number, to: number, count: number): readonly number[] {
  return Array.from({ length: count + 1 }, (_, at) => from + ((to - from) * at) / count)
}

/** The tenths of a range that starts and ends at one; of a wide range every second. */
export function tenths(from: number, to: number): readonly number[] {
  const [first, last] = [Math.round(from * 10), Math.round(to * 10)]
  const step = last - first > 5 ? 2 : 1
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => (last - at * step) / 10).toReversed()
}

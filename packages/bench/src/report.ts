import { type Measure, spread } from './measure.ts'

/** One line a measure for a program. */
export function jsonLine({ id, value, bar, holds, runs, unit, note }: Measure): string {
  return JSON.stringify({ id, value: value ?? null, bar, holds: holds ?? null, runs, unit, ...(note ? { note } : {}) })
}

/** A few lines a measure for a person. */
export function shown(measure: Measure): string {
  const { id, title, value, bar, sense, holds, runs, unit, note } = measure
  const wanted = `${sense === 'least' ? '≥' : '≤'} ${bar}${unit === '×' ? '×' : ` ${unit}`}`
  const verdict = holds === undefined ? 'not run' : holds ? 'holds' : 'FAILS'
  const figure = value === undefined ? '–' : `${value.toPrecision(3)}${unit === '×' ? '×' : ` ${unit}`}`
  const lines = [`${id.padEnd(20)} ${figure.padStart(16)}   ${wanted.padEnd(18)} ${verdict.padEnd(8)} ${title}`]
  if (runs.length > 1) {
    const noisy = spread(runs) > 1.6 ? '; a spread above 1.6: run it again on a quieter machine' : ''
    lines.push(`${' '.repeat(21)}runs ${runs.map((run) => run.toPrecision(3)).join(' ')}${noisy}`)
  }
  if (note) lines.push(`${' '.repeat(21)}${note}`)
  return lines.join('\n')
}

/** One line of a report: a ratio measured in one run, and the bar it is held to. */
export interface Measure {
  readonly id: string
  /** What was compared with what, in a few words. */
  readonly title: string
  /** Undefined when it could not be measured; `note` says why. */
  readonly value: number | undefined
  readonly bar: number
  /** `least`: the value should be at least the bar. */
  readonly sense: 'least' | 'most'
  readonly holds: boolean | undefined
  /** The value of each repetition, in order. */
  readonly runs: readonly number[]
  readonly unit: string
  readonly note?: string
}

export interface Bar {
  readonly id: string
  readonly title: string
  readonly bar: number
  readonly sense: 'least' | 'most'
  /** `×` for a ratio. */
  readonly unit: string
}

/** The measure is the median of its runs: one slow moment of a shared machine does not decide. */
export function measured(bar: Bar, runs: readonly number[], note?: string): Measure {
  const value = median(runs)
  const holds = bar.sense === 'least' ? value >= bar.bar : value <= bar.bar
  return { ...bar, value, holds, runs, ...(note === undefined ? {} : { note }) }
}

/** A yardstick that is not there makes no measure, and holds nothing. */
export function notRun(bar: Bar, why: string): Measure {
  return { ...bar, value: undefined, holds: undefined, runs: [], note: `not run: ${why}` }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no values to take a quantile of')
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Largest by smallest: above 1.6 the machine was too busy for the figure to mean much. */
export function spread(runs: readonly number[]): number {
  return Math.max(...runs) / Math.min(...runs)
}

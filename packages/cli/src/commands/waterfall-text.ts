/** A step as the matcher explains it: what it added, and the sum after it. */
interface Step {
  readonly step: string
  readonly weight: number
  readonly sum: number
  readonly details: string | null
}

interface Chance {
  readonly id: string
  readonly logOdds: number
  readonly probability: number
}

export interface WaterfallAnswer {
  readonly modelVersion: string
  readonly evidence: readonly Step[]
  readonly logOdds: number
  readonly settlement: readonly Step[]
  readonly probability: number
  readonly score: number
  readonly rivals: readonly Chance[]
  readonly otherSlots: readonly Chance[]
}

const BAR = 40
const DETAILS = 60

/**
 * Lines that add up from top to bottom: each step with its weight, the sum after it, and a bar from the sum before to the
 * sum after it on one scale for all. Weights are natural log odds.
 */
export function waterfallText(waterfall: WaterfallAnswer): string {
  const { modelVersion, evidence, logOdds, settlement, probability, score, rivals, otherSlots } = waterfall
  const steps = [...evidence, ...settlement]
  const sums = steps.map(({ sum }) => sum)
  const scale = { from: Math.min(0, ...sums), to: Math.max(0, ...sums) }
  const width = Math.max(...steps.map(({ step }) => step.length))
  const lines = steps.map((step, at) => lineOf(step, sums[at - 1] ?? 0, scale, width))
  const total = (name: string, value: string) => `${name.padEnd(width)}  ${'='.padStart(8)}  ${value.padStart(8)}`
  return [
    `how it adds up (${modelVersion}, natural log odds)`,
    ...lines.slice(0, evidence.length),
    total('log odds of the pair', signed(logOdds)),
    ...lines.slice(evidence.length),
    `${total('probability', probability.toFixed(4))}  = 1 / (1 + e^${signed(-(sums.at(-1) ?? 0))}), published as ${score}`,
    ...chances('others on the slot, by their chances there', rivals),
    ...chances('other slots of the work, by their part of the person', otherSlots),
  ].join('\n')
}

function lineOf(
  { step, weight, sum, details }: Step,
  before: number,
  scale: { readonly from: number; readonly to: number },
  width: number,
): string {
  const shown = details === null ? '' : `  ${details.length > DETAILS ? `${details.slice(0, DETAILS - 1)}…` : details}`
  return `${step.padEnd(width)}  ${signed(weight).padStart(8)}  ${signed(sum).padStart(8)}  ${bar(before, sum, scale)}${shown}`.trimEnd()
}

function bar(before: number, after: number, { from, to }: { readonly from: number; readonly to: number }): string {
  const column = (value: number) => Math.round(((value - from) / (to - from || 1)) * (BAR - 1))
  const [left, right] = [column(Math.min(before, after)), column(Math.max(before, after))]
  const zero = column(0)
  return Array.from({ length: BAR }, (_, at) =>
    at >= left && at <= right ? (after < before ? '▒' : '█') : at === zero ? '│' : ' ',
  ).join('')
}

function chances(title: string, all: readonly Chance[]): readonly string[] {
  if (all.length === 0) return []
  return [
    title,
    ...all.map(({ id, logOdds, probability }) => `  ${id}  ${signed(logOdds).padStart(8)}  ${probability.toFixed(4)}`),
  ]
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
}

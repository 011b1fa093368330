import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BylinePeople, blocksOf, bylinePeople, type MeetingFigures, meetAll, type Sought } from '@atlas/evaluation'
import { allKeys, BLOCK_CAP, type BlockIndex, createBlockIndex, profileKeys, slotKeys } from '@atlas/linkage'
import type { Bench, BenchParts } from '../bench.ts'
import { type Measure, measured, notRun } from '../measure.ts'
import { createPopulation, type Population } from '../people/people.ts'
import { laterSlot, profileOf } from '../people/works.ts'

const STEPS = [10_000, 100_000, 1_000_000] as const
const SLOTS = 4_000
// Beyond every step: people who write and have no profile.
const STRANGERS = 50_000_000
const LARGEST = 5
const TENTH = 10
// Real bylines at hand have some thirty thousand names, of which a cap of 100 would split no block.
const REAL_CAP = 16

const BARS = {
  ratio: { id: 'P12', title: 'pairs a slot, 100,000 → 1,000,000 profiles', bar: 1.5, sense: 'most', unit: '×' },
  p99: { id: 'P12-p99', title: 'pairs of the 99th slot of 100 at 1,000,000', bar: BLOCK_CAP, sense: 'most', unit: '' },
  recall: { id: 'P12-recall', title: 'truths found / found without a cap', bar: 0.98, sense: 'least', unit: '' },
  real: { id: 'P12-real', title: 'the same on real bylines', bar: 0.98, sense: 'least', unit: '' },
} as const

interface Step {
  readonly profiles: number
  readonly capped: MeetingFigures
  readonly uncapped: MeetingFigures
}

/** P12: what a slot costs does not grow with the profiles, on a made-up population with a real skew of names. */
export const blocks: Bench = {
  id: 'P12',
  title: 'pairs a slot at ten times the profiles, and what the cap costs',
  long: true,
  async run(parts) {
    const index = createBlockIndex()
    const population = createPopulation('blocks')
    const slots = soughtIn(population, STEPS[0])
    const steps: Step[] = []
    let from = 0
    for (const profiles of STEPS) {
      for (; from < profiles; from++) {
        index.add(from, allKeys(profileKeys(profileOf(population, from))))
        if (from % 50_000 === 0) parts.progress(`P12: ${from} of ${profiles} profiles`)
      }
      steps.push(stepOf(index, slots, profiles, BLOCK_CAP))
    }
    return [...verdicts(steps, largestOf(index, slots)), await onRealNames(parts)]
  },
}

/** One half people with a profile, the other strangers; the same at each step. */
function soughtIn(population: Population, profiles: number): readonly Sought[] {
  const half = SLOTS / 2
  return Array.from({ length: SLOTS }, (_, at) => {
    const owner = at < half ? at * Math.floor(profiles / half) : undefined
    const { slot, work } = laterSlot(population, owner ?? STRANGERS + at * 13)
    return { choices: slotKeys(slot, work), owner }
  })
}

function stepOf(index: BlockIndex, slots: readonly Sought[], profiles: number, cap: number): Step {
  return {
    profiles,
    capped: meetAll(index, slots, cap),
    uncapped: meetAll(index, slots, Number.POSITIVE_INFINITY),
  }
}

function verdicts(steps: readonly Step[], largest: string): readonly Measure[] {
  const [before, after] = steps.slice(-2)
  if (!before || !after) throw new Error('no two steps to compare')
  const cut = `${after.capped.cut} of ${SLOTS} slots have a block that nothing splits`
  return [
    measured(BARS.ratio, [after.capped.pairs.mean / before.capped.pairs.mean], lines(steps.map(told))),
    measured(BARS.p99, [after.capped.pairs.p99], `largest blocks: ${largest}`),
    measured(BARS.recall, [keptOf(after)], cut),
  ]
}

/** Below each other where a note begins. */
function lines(notes: readonly string[]): string {
  return notes.join(`\n${' '.repeat(21)}`)
}

function told({ profiles, capped, uncapped }: Step): string {
  const of = ({ pairs: { mean, p50, p99, max } }: MeetingFigures) =>
    `mean ${mean.toFixed(2)}, p50 ${p50}, p99 ${p99}, max ${max}`
  return `${profiles} profiles: ${of(capped)}; without a cap ${of(uncapped)}`
}

function keptOf({ capped, uncapped }: Pick<Step, 'capped' | 'uncapped'>): number {
  return [...uncapped.foundAt].filter((at) => capped.foundAt.has(at)).length / uncapped.found
}

function largestOf(index: BlockIndex, slots: readonly Sought[]): string {
  const sizes = new Map(slots.flatMap(({ choices }) => choices.map(({ key }) => [key, index.size(key)] as const)))
  const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, LARGEST)
  return largest.map(([key, size]) => `${key} ${size}`).join(', ')
}

/** Bylines of the labelled sets, whatever is true of them: each written-out name is a person. */
async function onRealNames({ shared }: BenchParts): Promise<Measure> {
  const folders = ['acl', 'medline-pairs'].map((set) => join(shared, 'data/benchmarks', set))
  if (!folders.every((folder) => existsSync(folder))) return notRun(BARS.real, 'no labelled sets under ATLAS_SHARED')
  const { profiles, slots } = await bylinePeople(folders)
  const few = tenthOf({ profiles, slots })
  const steps = [few, { profiles, slots }].map((of) =>
    stepOf(blocksOf(of.profiles).index, of.slots, of.profiles.length, REAL_CAP),
  )
  const [before, after] = steps
  if (!before || !after) throw new Error('no two steps to compare')
  const ratio = (after.capped.pairs.mean / before.capped.pairs.mean).toFixed(2)
  const cap = `blocks split above ${REAL_CAP}, in proportion; pairs a slot ${ratio}×`
  return measured(BARS.real, [keptOf(after)], lines([...steps.map(told), cap]))
}

function tenthOf({ profiles, slots }: BylinePeople): BylinePeople {
  return {
    profiles: profiles.filter((_, at) => at % TENTH === 0),
    slots: slots.flatMap(({ choices, owner = 0 }) => (owner % TENTH === 0 ? [{ choices, owner: owner / TENTH }] : [])),
  }
}

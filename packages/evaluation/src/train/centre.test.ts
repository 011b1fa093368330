import { expect, it } from 'vitest'
import { centred } from './centre.ts'
import { type Example, fit } from './fit.ts'

const example = (levels: Example['candidates'][number], truth: number): Example => ({
  candidates: [levels],
  truth,
  nobody: 0,
  rarity: { of: 'name', level: 'usual' },
  weight: 1,
  isPair: false,
})
const examples = Array.from({ length: 400 }, (_, at) =>
  example({ name: 'exact', years: at % 3 === 0 ? 'decades' : 'same' }, at % 3 === 0 || at % 5 === 0 ? -1 : 0),
)
const given = fit(examples, { penalty: 1, rounds: 200 })

it('changes nothing where every example says all, and makes silence weigh nothing where one does not', () => {
  const moved = centred(given, examples)
  for (const level of ['decades', 'same'])
    expect((moved.weights.years[level] ?? 0) + moved.prior).toBeCloseTo(
      (given.weights.years[level] ?? 0) + given.prior,
      3,
    )
  const strangers = examples.filter(({ truth }) => truth === -1)
  const ratios = strangers.map(({ candidates: [levels] }) => Math.exp(moved.weights.years[levels?.years ?? ''] ?? 0))
  expect(ratios.reduce((sum, one) => sum + one, 0) / ratios.length).toBeCloseTo(1, 3)
})

it('leaves what nobody lacks as it is', () => {
  expect(centred(given, examples).weights.name).toEqual(given.weights.name)
})

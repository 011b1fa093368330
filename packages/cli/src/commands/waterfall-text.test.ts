import { expect, test } from 'vitest'
import { waterfallText } from './waterfall-text.ts'

const text = waterfallText({
  modelVersion: 'attribution/2',
  evidence: [
    { step: 'prior', weight: -1.04, sum: -1.04, details: null },
    { step: 'name: exact', weight: 5.38, sum: 4.34, details: 'Jean Martin / Jean Martin' },
    { step: 'affiliation: different', weight: -1.5, sum: 2.84, details: 'x'.repeat(80) },
  ],
  logOdds: 2.84,
  settlement: [
    { step: 'nobody of these', weight: -1, sum: 1.84, details: '2 here with a name that fits' },
    { step: 'others on the slot', weight: -0.5, sum: 1.34, details: '1 compared' },
    { step: 'other slots of the work', weight: 0, sum: 1.34, details: '0 met' },
  ],
  probability: 0.7925,
  score: 0.79,
  rivals: [{ id: 'b', logOdds: 1.2, probability: 0.15 }],
  otherSlots: [],
})
const lines = text.split('\n')
/** The numbers of a line: what was added, and the sum. */
const numbers = (line: string) =>
  [...line.matchAll(/([+−])(\d+\.\d\d)/g)].map(([, sign, digits]) => (sign === '−' ? -1 : 1) * Number(digits))

test('every line adds its weight to the sum of the line above', () => {
  let sum = 0
  const steps = lines.filter((line) => /[█▒]/.test(line))
  expect(steps).toHaveLength(6)
  for (const line of steps) {
    const [weight, after] = numbers(line)
    sum += weight!
    expect(after).toBeCloseTo(sum, 6)
  }
  expect(lines.find((line) => line.startsWith('log odds of the pair'))).toContain('+2.84')
  const last = lines.find((line) => line.startsWith('probability'))
  expect(last).toContain('0.7925')
  expect(last).toContain('published as 0.79')
  expect(1 / (1 + Math.exp(numbers(last ?? '')[0]!))).toBeCloseTo(0.7925, 3)
})

test('a bar goes from the sum before to the sum after, upwards or back', () => {
  const [prior, name, affiliation] = lines.slice(1)
  expect(prior).toContain('▒')
  expect(name).toMatch(/█{30,}/)
  expect(affiliation?.lastIndexOf('▒')).toBe(name?.lastIndexOf('█'))
  expect(prior?.indexOf('▒')).toBe(name?.indexOf('█'))
})

test('long details are cut, rivals are listed, and what there is none of is not', () => {
  expect(text).toContain(`${'x'.repeat(59)}…`)
  expect(text).toContain('others on the slot, by their chances there\n  b     +1.20  0.1500')
  expect(text).not.toContain('by their part of the person')
})

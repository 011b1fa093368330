import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, COAUTHORS, INSTITUTIONS, peopleOf, type Sketch } from './people.ts'
import { plainJaroWinkler } from './plain-jaro-winkler.ts'
import { SKETCHY, scoreBlocks } from './score-blocks.ts'
import { textAt } from './texts.ts'

const anySketch: fc.Arbitrary<Sketch> = fc.record({
  name: fc.constantFrom('ines falk', 'falk ines', 'i falk', 'inez falk', 'bo lind', 'wei wang', ''),
  block: fc.constantFrom('falk i', 'lind b', 'wang w'),
  coauthors: fc.array(fc.nat({ max: 12 }), { maxLength: COAUTHORS + 2 }),
  institutions: fc.array(fc.nat({ max: 4 }), { maxLength: INSTITUTIONS + 1 }),
})
const anySketches = fc.array(anySketch, { maxLength: 30 })

function plainPoints(slot: Sketch, person: Sketch): number {
  const likeness = plainJaroWinkler(slot.name, person.name)
  const first = (numbers: readonly number[], width: number) => [...new Set(numbers)].slice(0, width)
  const common = (a: readonly number[], b: readonly number[], width: number) =>
    first(a, width).filter((one) => first(b, width).includes(one)).length
  const coauthors = common(slot.coauthors, person.coauthors, COAUTHORS)
  const institutions = common(slot.institutions, person.institutions, INSTITUTIONS)
  return (
    (SKETCHY.name.find(({ from }) => likeness >= from)?.points ?? SKETCHY.otherName) +
    (SKETCHY.coauthors[coauthors] ?? 9) +
    (institutions > 0 ? SKETCHY.institution : SKETCHY.otherInstitution)
  )
}

describe('slots and people of the same blocks', () => {
  it('are compared each with each, and kept as the plain way keeps them', () => {
    fc.assert(
      fc.property(anySketches, anySketches, (slots, persons) => {
        const kept: string[] = []
        const [left, right] = [peopleOf(slots), peopleOf(persons)]
        const pairs = scoreBlocks(left, right, [0, left.blocks.length], (a, b) => kept.push(`${a} ${b}`))
        const all = slots.flatMap((slot, a) =>
          persons.flatMap((person, b) => (slot.block === person.block ? [{ slot, person, at: `${a} ${b}` }] : [])),
        )
        expect(pairs).toBe(all.length)
        const expected = all.filter(({ slot, person }) => plainPoints(slot, person) >= SKETCHY.keep)
        expect(kept.toSorted()).toEqual(expected.map(({ at }) => at).sort())
      }),
    )
  })

  it('keep their names whatever their order', () => {
    fc.assert(
      fc.property(anySketches, (sketches) => {
        const people = peopleOf(sketches)
        expect(Array.from(people.given, (given) => sketches[given]?.name)).toEqual(
          Array.from(people.given, (_, at) => textAt(people.names, at)),
        )
        expect(people.count).toBe(sketches.length)
      }),
    )
  })

  it('take less than 200 bytes each', () => {
    const people = peopleOf(
      Array.from({ length: 5_000 }, (_, at) => ({
        name: 'maximiliane oberhuber',
        block: `${at % 900}`,
        coauthors: [],
        institutions: [],
      })),
    )
    expect(bytesOf(people) / people.count).toBeLessThan(200)
  })
})

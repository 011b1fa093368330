import { describe, expect, it } from 'vitest'
import { type HitsBySlot, portionsOf } from './odds-of-slots.ts'

const slots = (...ids: readonly string[]) => ids.map((slotId) => ({ slot: { slotId } }))
const hits = (met: Readonly<Record<string, string>>): HitsBySlot =>
  new Map(
    Object.entries(met).map(([slotId, profiles]) => [
      slotId,
      [...profiles].map((profileId) => ({ slotId, profileId, profileRevision: 1, featuresNo: 1 })),
    ]),
  )
const cut = (ids: readonly string[], met: Readonly<Record<string, string>>, most: number) =>
  [...portionsOf(slots(...ids), hits(met), most)].map((portion) => portion.map(({ slot }) => slot.slotId).join(''))

describe('portions of slots', () => {
  it('hold as many slots as meet so many profiles together, each profile counted once', () => {
    expect(cut(['a', 'b', 'c', 'd'], { a: 'pq', b: 'qr', c: 's', d: 't' }, 3)).toEqual(['ab', 'cd'])
  })

  it('hold one slot at least, whoever it meets, and those that meet nobody', () => {
    expect(cut(['a', 'b', 'c'], { a: 'pqrs', c: 'tuvw' }, 2)).toEqual(['a', 'b', 'c'])
    expect(cut(['a', 'b'], {}, 1)).toEqual(['ab'])
    expect(cut([], {}, 1)).toEqual([])
  })
})

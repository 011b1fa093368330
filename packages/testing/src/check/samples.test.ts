import { describe, expect, it } from 'vitest'
import { createSampling, type Position } from './samples.ts'

const at = (nextOffset: number, committed: number | null = null, partition = 0): Position => ({
  group: 'api.works.v1',
  partition,
  nextOffset,
  committed,
})

describe('samples of positions', () => {
  it('say nothing of groups that go on, with commits behind them', () => {
    const sampling = createSampling()
    for (const look of [[at(0)], [at(3, 3)], [at(3, 3), at(1, null, 1)], [at(9, 4), at(1, 1, 1)]]) sampling.take(look)
    expect(sampling.samples()).toEqual({ taken: 4, missed: 0, ahead: [], back: [] })
  })

  it('keep what was ahead once, though it is right later', () => {
    const sampling = createSampling()
    for (const look of [[at(3, 5)], [at(4, 5)], [at(5, 5)]]) sampling.take(look)
    expect(sampling.samples().ahead).toEqual([{ group: 'api.works.v1', partition: 0, committed: 5, nextOffset: 3 }])
  })

  it('keep what went back or vanished, though it is where it was later', () => {
    const sampling = createSampling()
    for (const look of [[at(5), at(7, null, 1)], [at(2)], [at(5), at(7, null, 1)]]) sampling.take(look)
    expect(sampling.samples().back).toEqual([
      { group: 'api.works.v1', partition: 0, before: 5, nextOffset: 2 },
      { group: 'api.works.v1', partition: 1, before: 7, nextOffset: 0 },
    ])
  })

  it('compare across looks that failed, and count those apart', () => {
    const sampling = createSampling()
    sampling.take([at(5)])
    sampling.miss(new Error('nobody answers'))
    sampling.take([at(4)])
    expect(sampling.samples()).toMatchObject({ taken: 2, missed: 1, back: [{ before: 5, nextOffset: 4 }] })
    expect(sampling.lastMiss()).toBe('nobody answers')
  })
})

import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { until } from '../testing/until.ts'
import { createHeart, createPulse, MembershipLostError } from './waiting.ts'

describe('K12 heartbeats while something takes its time', () => {
  it('go on beside the work', async () => {
    let beats = 0
    const pulse = createPulse(systemClock, 1, async () => void beats++)
    expect(await pulse.during(until('five beats', () => beats >= 5).then(() => 'done'))).toBe('done')
  })

  it('one that fails lets the work end and is thrown afterwards, with what the client threw', async () => {
    const thrown = new Error('REBALANCE_IN_PROGRESS')
    let beats = 0
    const pulse = createPulse(systemClock, 1, async () => {
      beats++
      throw thrown
    })
    expect(await pulse.during(until('a beat', () => beats > 0).then(() => 'done'))).toBe('done')
    const error = await pulse.check().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(MembershipLostError)
    expect((error as Error).cause).toBe(thrown)
    expect(beats).toBe(1)
  })

  it('of several who work at a time one that fails is told to its own only', async () => {
    let beats = 0
    const heart = createHeart(systemClock, 1)
    const well = heart.pulse(async () => void beats++)
    const ill = heart.pulse(async () => {
      throw new Error('gone')
    })
    const enough = until('five beats', () => beats >= 5)
    await Promise.all([well.during(enough), ill.during(enough)])
    expect(() => well.rethrow()).not.toThrow()
    expect(() => ill.rethrow()).toThrow(MembershipLostError)
    const before = beats
    await well.during(until('beats again', () => beats > before))
  })

  it('one that fails ends a wait', async () => {
    const pulse = createPulse(systemClock, 1, async () => {
      throw new Error('gone')
    })
    await expect(pulse.sleep(60_000)).rejects.toBeInstanceOf(MembershipLostError)
  })
})

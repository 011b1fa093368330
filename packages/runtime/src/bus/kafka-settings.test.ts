import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { quiet } from '../testing/servers.ts'
import { PRODUCTION_KAFKA_TIMERS, TEST_KAFKA_TIMERS } from './kafka-config.ts'
import { createSeeds } from './kafka-seeds.ts'
import { settingsOf } from './kafka-settings.ts'

describe('what the client library is told', () => {
  const config = { brokers: ['a:1', 'b:1'], clientId: 'c', timers: PRODUCTION_KAFKA_TIMERS }
  const seeds = createSeeds(config.brokers)
  const settings = settingsOf(config, seeds, quiet)

  it('K26 K18 no default of the library is left: time-outs, few retries, an outer loop does the rest', () => {
    expect(settings).toMatchObject({
      connectionTimeout: 10_000,
      authenticationTimeout: 10_000,
      requestTimeout: 12_000,
      enforceRequestTimeout: true,
      retry: { initialRetryTime: 200, maxRetryTime: 5_000, factor: 0.2, multiplier: 2, retries: 3 },
    })
  })

  it('F11 whom to ask first: nobody who was silent', () => {
    const { brokers } = settings
    if (typeof brokers !== 'function') throw new Error('the list is fixed')
    expect(brokers()).toEqual(['a:1', 'b:1'])
    seeds.silent('a:1')
    expect(brokers()).toEqual(['b:1'])
  })

  it('K19 a consumer that failed is not restarted beside us: one way of recovery, the exit', async () => {
    expect(await settings.retry?.restartOnFailure?.(new Error('x'))).toBe(false)
  })

  it.each([
    ['production', PRODUCTION_KAFKA_TIMERS],
    ['test', TEST_KAFKA_TIMERS],
  ])('K16 timers of %s: the broker gives up before the client, heartbeats fit a session many times', (_, timers) => {
    expect(timers.produceMs).toBeLessThan(timers.requestMs)
    expect(timers.heartbeatMs * 3).toBeLessThan(timers.sessionMs)
    expect(timers.watchdogMs).toBeGreaterThanOrEqual(3 * timers.sessionMs)
    expect(timers.rebalanceMs).toBeGreaterThan(timers.sessionMs)
  })

  it('K4 K21 K22 K25 calls that are never right are nowhere: transactions, pause, implicit commits, alterConfigs', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url))
    const ours = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    const calls = ours.flatMap((name) =>
      [
        ...readFileSync(folder + name, 'utf8').matchAll(
          /\.(transaction|pause|resume|commitOffsetsIfNecessary|sendOffsets|alterConfigs)\(/g,
        ),
      ].map(([call]) => `${name} ${call}`),
    )
    expect(ours).toContain('kafka.ts')
    expect(calls).toEqual([])
  })
})

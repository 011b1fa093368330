import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import type { Tx } from '../postgres/database.ts'
import { capped } from './capped.ts'
import { HandlerTimeoutError } from './error-policy.ts'

const tx = { query: async () => ({ rows: [], rowCount: 0 }) } as object as Tx

describe('M57 a handler with a bound', () => {
  it('that is quick gives its answer', async () => {
    expect(await capped(systemClock, 1_000, tx, async () => 7)).toBe(7)
  })

  it('that never settles is cut off, and what it kept is useless', async () => {
    let kept: Tx | undefined
    const never = capped(systemClock, 5, tx, (given) => {
      kept = given
      return new Promise(() => undefined)
    })
    await expect(never).rejects.toBeInstanceOf(HandlerTimeoutError)
    await expect(kept?.query('select 1')).rejects.toThrow('has ended')
  })
})

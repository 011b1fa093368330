import { describe, it } from 'vitest'
import { drill } from './support/a-drill.ts'

describe('the crash drill, short form', () => {
  it('leaves the same works, claims and standing as a run that nothing disturbed', async () => {
    await drill({
      name: 'short-drill',
      seed: 'l',
      world: { researchers: 40, publications: 160, deciders: 6 },
      members: { matcher: 3 },
      kills: { import: 4, decide: 2 },
      importFailpoint: 'push.after_commit:1',
    })
  }, 900_000)
})

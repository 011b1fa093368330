import { describe, it } from 'vitest'
import { drill } from './support/a-drill.ts'

describe('the crash drill, long form', () => {
  it('leaves the same works, claims and standing as a run that nothing disturbed', async () => {
    await drill({
      name: 'long-drill',
      seed: 'three',
      world: { researchers: 120, publications: 1_050, deciders: 20 },
      members: { matcher: 3 },
      kills: { import: 16, decide: 5 },
      parts: { registryAwayMs: 30_000 },
      importFailpoint: 'push.before_commit:1',
    })
  }, 1_500_000)
})

import { systemClock } from '@atlas/runtime'
import { checkDeployment, createRecorder, resultLine } from '@atlas/testing/check'
import { type Receipt, signIn } from '@atlas/testing/deployment'
import { describe, expect, it } from 'vitest'
import { aDeployment } from './support/a-deployment.ts'
import { feedSmallWorld } from './support/a-world.ts'

describe('the checker on a deployment that nothing disturbed', () => {
  const made = aDeployment('check')

  it('finds that every invariant holds', async () => {
    const { deployment } = made.current
    const recorder = createRecorder(systemClock)
    const { profileIds } = await feedSmallWorld(
      deployment,
      { seed: 'check', researchers: 8, publications: 40 },
      recorder,
    )
    for (const profileId of profileIds.slice(0, 4)) {
      const researcher = await signIn(deployment, profileId)
      for (const [index, question] of (await researcher.queue()).entries()) {
        const decision = index % 3 === 2 ? 'reject' : 'confirm'
        const key = `${profileId}-${index}`
        const asked = { profileId, candidateId: question.candidateId, decision }
        const response = await researcher.tryDecide(question, decision, key)
        recorder.decided(profileId, key, asked, response.ok ? ((await response.json()) as Receipt) : 'refused')
      }
    }
    await deployment.settled()
    const results = await checkDeployment(deployment, {
      history: recorder.history(),
      poisons: 0,
    })
    expect(results.filter(({ holds }) => !holds).map(resultLine)).toEqual([])
  })
})

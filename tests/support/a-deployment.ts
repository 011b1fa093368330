import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Deployment, type DeploymentOptions, startDeployment } from '@atlas/testing/deployment'
import { afterAll, beforeAll, inject } from 'vitest'

export interface TestDeployment {
  readonly deployment: Deployment
  readonly dataDir: string
}

/** One deployment for a whole file, on the run's stack: started before its tests, gone after them. */
export function aDeployment(
  name: string,
  options: Pick<DeploymentOptions, 'members' | 'env'> = {},
): { readonly current: TestDeployment } {
  let made: TestDeployment | undefined
  let dataDir: string | undefined
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), `atlas-${name}-`))
    const deployment = await startDeployment({
      // A machine full of tests answers slowly; that sessions fail fast is shown elsewhere.
      env: () => ({ TIMERS: 'test', REDIS_TIMEOUT_MS: '5000' }),
      ...options,
      stack: inject('stack'),
      dataDir,
      name,
    })
    made = { deployment, dataDir }
  })
  afterAll(async () => {
    await made?.deployment.stop()
    if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true })
  })
  return {
    get current() {
      if (!made) throw new Error('the deployment is started by beforeAll')
      return made
    },
  }
}

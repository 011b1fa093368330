import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack } from '@atlas/devstack'
import type { TestProject } from 'vitest/node'
import { prepareTemplates } from './templates.ts'
import type { TestStack } from './test-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    stack: TestStack
  }
}

/** One running stack for a whole run; each file takes databases, topics and groups of its own from it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'atlas-test-'))
  const stack = await startStack({ dataDir, persistent: false })
  try {
    const databases = await prepareTemplates(stack.postgres, dataDir)
    project.provide('stack', {
      postgres: stack.postgres,
      databases,
      brokers: stack.kafka.brokers,
      registryUrl: stack.registryUrl,
      redisUrl: stack.redisUrl,
      pids: stack.pids,
    })
  } catch (error) {
    await stack.stop()
    throw error
  }
  return async () => {
    await stack.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

import { describe } from 'vitest'
import { createMemoryRegistry } from './memory.ts'
import { registryContract } from './registry.contract.ts'

describe('the registry in memory', () => {
  const registry = createMemoryRegistry()
  registryContract(
    () => registry,
    (test) => `${test}-value`,
  )
})

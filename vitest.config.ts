import { defineConfig } from 'vitest/config'

const conditions = ['development']
const resolve = { conditions }
const ssr = { resolve: { conditions, externalConditions: conditions } }
// Real servers on two cores. One service waits half of its test's time, so two files at once. A whole deployment does
// not: two at once take longer than one after the other, and a test's own time limit is then about its neighbour.
const real = { pool: 'forks' as const, testTimeout: 120_000, hookTimeout: 180_000 }
// By itself vitest leaves a core to its own process, which has little to do. A group of its own, as vitest wants of
// projects that differ in how many files they run at once.
const twoAtOnce = { maxWorkers: 2, sequence: { groupOrder: 1 } }
const oneService = { ...real, ...twoAtOnce }
const deployments = { ...real, fileParallelism: false }

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'services/**/*.test.ts', 'tests/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.int.test.ts', '**/*.e2e.test.ts', '**/*.delivery.test.ts'],
          testTimeout: 30_000,
          ...twoAtOnce,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'int',
          include: ['packages/**/*.int.test.ts', 'services/**/*.int.test.ts', 'tests/**/*.int.test.ts'],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          ...oneService,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['tests/**/*.e2e.test.ts'],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          ...deployments,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'delivery',
          include: ['tests/**/*.delivery.test.ts', 'packages/**/*.delivery.test.ts'],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          ...deployments,
          testTimeout: 1_800_000,
        },
      },
    ],
  },
})

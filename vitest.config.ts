import { defineConfig } from 'vitest/config'

const conditions = ['development']
const resolve = { conditions }
const ssr = { resolve: { conditions, externalConditions: conditions } }
// Real servers on two cores: one file at a time keeps a test's own time limit about the test.
const real = { pool: 'forks' as const, fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000 }

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
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'int',
          include: ['packages/**/*.int.test.ts', 'services/**/*.int.test.ts', 'tests/**/*.int.test.ts'],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          ...real,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['tests/**/*.e2e.test.ts'],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          ...real,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'delivery',
          include: ['tests/**/*.delivery.test.ts', 'packages/**/*.delivery.test.ts'],
          globalSetup: ['packages/testing/src/global-setup.ts'],
          ...real,
          testTimeout: 1_800_000,
        },
      },
    ],
  },
})

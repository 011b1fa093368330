export type { Part, PostgresAddress, Stack, StackOptions } from './options.ts'
export { findPrerequisites, type Prerequisites } from './plain/prerequisites.mjs'
export { startStack } from './start-stack.ts'

export { migrationSetsOf } from './migration-sets.ts'
export { migrateAll, prepareTemplates, templateOf } from './templates.ts'
export { DATABASE_OWNERS, type DatabaseOwner, type TestStack } from './test-stack.ts'

export { migrationSetsOf } from './migration-sets.ts'
export { type OrcidProfile, orcidProfilesIn } from './orcid-profiles.ts'
export { migrateAll, prepareTemplates, templateOf } from './templates.ts'
export { DATABASE_OWNERS, type DatabaseOwner, type TestStack } from './test-stack.ts'

export { cloneDatabase, dropDatabase } from './clone-database.ts'
export { type Connection, createDatabases, type Databases, type DatabasesOptions, type Role } from './databases.ts'
export { devDown, devReset } from './dev/down.ts'
export { devLogs, type LogChoice, type LogTail } from './dev/logs.ts'
export { type DevPaths, devPaths } from './dev/paths.ts'
export { type DevState, readState } from './dev/state.ts'
export { devStatus, type PartStatus } from './dev/status.ts'
export { type DevOptions, devUp } from './dev/up.ts'
export {
  PARTS,
  type Part,
  type PostgresAddress,
  type SecuredListener,
  type Stack,
  type StackOptions,
} from './options.ts'
export { findPrerequisites, type Prerequisites } from './plain/prerequisites.mjs'
export { DATABASES } from './service-names.ts'
export { startStack } from './start-stack.ts'

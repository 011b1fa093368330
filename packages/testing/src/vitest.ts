// What only works inside a test run: it takes its servers from the run's one stack.
export { aDatabase, aDatabaseConfig, asAdmin, quiet } from './a-database.ts'
export { aGateway, type TestGateway } from './a-gateway.ts'
export { childEnv } from './child-env.ts'
export { databaseConfig } from './database-config.ts'

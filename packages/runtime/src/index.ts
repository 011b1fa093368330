export * from './clock.ts'
export * from './config.ts'
export * from './consumer/contract.ts'
export * from './delivery.ts'
export * from './env-reader.ts'
export * from './failpoints.ts'
export { keepHeapWithin } from './heap-room.ts'
export * from './http/app.ts'
export * from './http/body.ts'
export * from './http/idempotency.ts'
export * from './http/ops.ts'
export * from './http/parse-body.ts'
export * from './http/principal.ts'
export * from './http/problem.ts'
export { BUFFER_BYTES, giveBuffer, takeBuffer } from './idle-buffers.ts'
export {
  type Condense,
  type JsonObject,
  type JsonValue,
  parseStrict,
  type StrictError,
  type StrictResult,
} from './json/strict-json.ts'
export * from './log.ts'
export * from './metrics.ts'
export * from './postgres/copy.ts'
export * from './postgres/copy-binary.ts'
export * from './postgres/database.ts'
export { assertMigrated, type MigrateOptions, type MigrationSet, migrate } from './postgres/migrate.ts'
export * from './postgres/migration-state.ts'
export * from './postgres/read-as-json.ts'
export * from './postgres/schema-cache.ts'
export * from './postgres/sqlstate.ts'
export * from './service/consumer-definition.ts'
export * from './service/definition.ts'
export * from './service/run-main.ts'
export * from './service/start.ts'
export { type DeliveryTimers, readTimers } from './service/timers.ts'
export * from './service/worker.ts'

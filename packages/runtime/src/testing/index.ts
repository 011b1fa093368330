export { aNote, encodeNote, type Note, noteDefinition, uuidOf } from './notes.ts'
export { aDeliveryDatabase, quiet, type TestDatabase } from './servers.ts'

/** Bytes that the heap of an import may grow to: what is said of two chunks, and what earlier ones left behind. */
export const IMPORT_HEAP_ROOM = 75 * 2 ** 20

/** The same for the service, in which more is alive: with the room of an import a pushed record costs a fourth more. */
export const HEAP_ROOM = 200 * 2 ** 20

/**
 * Bytes that the heap of an import may grow to: what is said of two chunks, and what earlier ones left behind. In the service
 * more is alive: with this room a pushed record would cost it a fourth more.
 */
export const IMPORT_HEAP_ROOM = 75 * 2 ** 20

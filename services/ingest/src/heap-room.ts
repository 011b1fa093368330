/** Bytes that the heap of whoever takes records in may grow to: what is said of two chunks, and what earlier ones left behind. */
export const HEAP_ROOM = 75 * 2 ** 20

/** Bytes that whoever takes records in lets its heap grow to: two chunks, what they were read from, and what they left behind. */
export const HEAP_ROOM = 200 * 2 ** 20

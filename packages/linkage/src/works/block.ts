import { isSettled, keysOf, mayMeetSettled } from './fingerprints.ts'
import type { PreparedRecord } from './prepare.ts'

/**
 * Pairs of records that share a key, each once, the smaller recordId on the left, sorted. Whether two are a pair hangs on
 * these two alone: with a bound on the width of a block, who else is under the key would decide, and records that arrive one
 * at a time would end in other works than all at once.
 */
export function blockPairs(
  prepared: readonly PreparedRecord[],
): readonly (readonly [PreparedRecord, PreparedRecord])[] {
  const sorted = prepared.toSorted((a, b) => (a.record.recordId < b.record.recordId ? -1 : 1))
  const blocks = new Map<string, Block>()
  for (const [at, record] of sorted.entries()) {
    for (const key of keysOf(record)) {
      const block = blocks.get(key.key)
      if (block) block.records.push(at)
      else blocks.set(key.key, { records: [at], allMeet: mayMeetSettled(key) })
    }
  }
  const pairs = new Set<number>()
  const settled = sorted.map(isSettled)
  for (const { records, allMeet } of blocks.values()) {
    addPairs(records, sorted.length, pairs, (left, right) => allMeet || !(settled[left] && settled[right]))
  }
  return [...pairs]
    .sort((a, b) => a - b)
    .flatMap((code): (readonly [PreparedRecord, PreparedRecord])[] => {
      const [left, right] = [sorted[Math.floor(code / sorted.length)], sorted[code % sorted.length]]
      return left && right ? [[left, right]] : []
    })
}

interface Block {
  readonly records: number[]
  readonly allMeet: boolean
}

function addPairs(
  block: readonly number[],
  size: number,
  pairs: Set<number>,
  meet: (left: number, right: number) => boolean,
): void {
  for (const [at, left] of block.entries()) {
    for (const right of block.slice(at + 1)) if (meet(left, right)) pairs.add(left * size + right)
  }
}

import { expect, it } from 'vitest'
import { fillMs } from './fill.ts'

const timers = { fillMs: 100, streamFillMs: 1_000 }

it.each([
  ['a single answer', 1, 60_000, 100],
  ['a few', 49, 10, 100],
  ['a stream that fills a send in a third of a second', 900, 300, 1_000 / 3],
  ['a slow stream', 50, 1_000, 1_000],
  ['the first rows after a rest', 200, 3_600_000, 1_000],
  ['a burst', 999, 1, 100],
  ['a full send', 1_000, 1_000, 0],
  ['more than one', 5_000, 10, 0],
])('waits for %s', (_, rows, sinceMs, expected) => {
  expect(fillMs(rows, sinceMs, timers)).toBeCloseTo(expected)
})

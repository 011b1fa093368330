import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'

// Of what is alive after a collection, in percent: four times it, as V8 does on a large machine, and half as much again.
const MOST = 300
const LEAST = 50

/** By how many percent a heap of which so many bytes are alive may grow before the next collection. */
export function growthOf(alive: number, room: number): number {
  return Math.round(Math.min(MOST, Math.max(LEAST, 100 * (room / alive - 1))))
}

/**
 * Collects a heap sooner that has grown beyond `room` bytes, and one within it no sooner than V8 does on a large machine. What
 * a step reads outlives the young generation and is garbage after the step: beside a million profiles V8 alone lets 125 MB of
 * living things grow to 800. Buffers count as heap, too: those of an import let V8 alone look through 33 MB of living things
 * for every 16 MB that are read.
 */
export function keepHeapWithin(room: number): void {
  const grow = (): void => {
    const { used_heap_size: alive } = getHeapStatistics()
    setFlagsFromString(`--heap-growing-percent=${growthOf(alive, room)}`)
  }
  grow()
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isMajor)) grow()
  })
  observer.observe({ entryTypes: ['gc'] })
}

/**
 * Everything is made in the young generation. Where much of what one place of the code makes has lived on, V8 makes all of it in
 * the old one from then on. In a service that is what a step works with, until it ends: garbage then, with all that it names,
 * which only a collection of the whole heap would take.
 */
export function makeEverythingYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}

function isMajor(entry: PerformanceEntry): boolean {
  const { detail } = entry as PerformanceEntry & { readonly detail?: { readonly kind?: number } }
  return detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR
}

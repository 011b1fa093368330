import type { Metrics } from '../metrics.ts'
import type { Halt } from './halt.ts'

/** Which partitions of this member stand still: what health, metrics and the loop look at. */
export interface HaltBoard {
  get(partition: number): Halt | undefined
  set(partition: number, halt: Halt): void
  clear(partition: number): void
  /** Forgets partitions that are somebody else's now. */
  keepOnly(partitions: readonly number[]): void
  list(): readonly (readonly [number, Halt])[]
}

export function createHaltBoard(metrics: Metrics, topic: string): HaltBoard {
  const halts = new Map<number, Halt>()
  const show = () => metrics.halted.set({ topic }, halts.size)
  show()
  return {
    get: (partition) => halts.get(partition),
    set(partition, halt) {
      if (!halts.has(partition)) metrics.halts.inc({ topic, reason: halt.code })
      halts.set(partition, halt)
      show()
    },
    clear(partition) {
      halts.delete(partition)
      show()
    },
    keepOnly(partitions) {
      for (const partition of halts.keys()) if (!partitions.includes(partition)) halts.delete(partition)
      show()
    },
    list: () => [...halts],
  }
}

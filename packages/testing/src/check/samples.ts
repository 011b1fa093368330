import type { Progress, Samples } from './dumps.ts'

/** Where a group stood in a partition when somebody looked. */
export type Position = Pick<Progress, 'group' | 'partition' | 'nextOffset' | 'committed'>

/** Sums up looks at the positions of all groups, taken one after the other while they move. */
export interface Sampling {
  take(positions: readonly Position[]): void
  /** A look that failed, as looks do while a part of the stack is dead: it says nothing about the groups. */
  miss(reason: unknown): void
  samples(): Samples
  /** Why the last look failed that did. */
  readonly lastMiss: () => string | undefined
}

/** Keeps breaches and the last look only: a drill takes hundreds of looks. Each breach is told once, as it was first seen. */
export function createSampling(): Sampling {
  let last = new Map<string, Position>()
  const count = { taken: 0, missed: 0 }
  const ahead = new Map<string, Samples['ahead'][number]>()
  const back = new Map<string, Samples['back'][number]>()
  let lastMiss: string | undefined
  return {
    take(positions) {
      const now = new Map(positions.map((position) => [`${position.group}/${position.partition}`, position]))
      for (const [place, { group, partition, committed, nextOffset }] of now)
        if (committed !== null && committed > nextOffset && !ahead.has(place))
          ahead.set(place, { group, partition, committed, nextOffset })
      for (const [place, { group, partition, nextOffset: before }] of last) {
        // A position that has vanished is one at the start: what was read would be read again.
        const nextOffset = now.get(place)?.nextOffset ?? 0
        if (nextOffset < before && !back.has(place)) back.set(place, { group, partition, before, nextOffset })
      }
      last = now
      count.taken++
    },
    miss(reason) {
      lastMiss = reason instanceof Error ? reason.message : String(reason)
      count.missed++
    },
    samples: () => ({ ...count, ahead: [...ahead.values()], back: [...back.values()] }),
    lastMiss: () => lastMiss,
  }
}

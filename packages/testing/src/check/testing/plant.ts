import type { Dumps } from '../dumps.ts'
import type { History } from '../history.ts'
import type { Mutable } from './a-sound-deployment.ts'

/** Ids that break, what is planted, and how. */
export type Planted = readonly [string, string, Plant]

export type Plant = (dumps: Mutable<Dumps>, history: Mutable<History>) => void

/** What `array` has first; a plant needs something to spoil. */
export function first<T>(array: readonly T[], wanted: (item: T) => boolean = () => true): T {
  const found = array.find(wanted)
  if (found === undefined) throw new Error('the sound deployment has nothing to spoil here')
  return found
}

export function aside(code: string): Mutable<Dumps>['quarantine'][number] {
  return {
    service: 'api',
    group: 'api.works.v1',
    topic: 'works',
    partition: 3,
    offset: 9,
    key: 'k',
    code,
    state: 'open',
  }
}

import type { WorldRecord } from '@atlas/testing/world'
import { madeWork } from './made-work.ts'

/**
 * A record of a made-up world with everything else that a work of OpenAlex carries, references, abstract, concepts and
 * counts, about 7 kB: what it says of the work itself and of its authors stays the world's.
 */
export function asWholeWork(record: WorldRecord): WorldRecord {
  const around = JSON.parse(madeWork('around a world', record.publication)) as Record<string, unknown>
  const work = JSON.parse(record.line) as Record<string, unknown>
  // The places of the other work would make these two one.
  return { ...record, line: JSON.stringify({ ...around, locations: [], ...work }) }
}

import { ATTRIBUTION_2, type DecidedSlot } from '@atlas/linkage'
import { randomOf } from '@atlas/testing/world'
import { circumstances } from './circumstances.ts'

// Shares by hand: journals everybody knows, works of another time, institutions told by name only.
const KNOWN_VENUE = 0.2
const EARLIER = 0.1
const DECADES = 25
const NO_ROR = 0.2

const VENUES = Object.keys(ATTRIBUTION_2.frequencies.venues)

/** A work told at length with what the made-up ones lack: venues of the model's table, old works, places without an id. */
export function varied({ slot, work }: DecidedSlot): DecidedSlot {
  const random = randomOf('varied', slot.slotId)
  const earlier = random.chance(EARLIER) ? 1 + random.int(DECADES) : 0
  const affiliations = slot.affiliations.map((one) => (random.chance(NO_ROR) ? { ...one, ror: null } : one))
  return {
    slot: { ...slot, affiliations },
    work: {
      ...work,
      ...circumstances(work.workId),
      year: work.year === null ? null : work.year - earlier,
      venue: random.chance(KNOWN_VENUE) ? random.pick(VENUES) : work.venue,
    },
  }
}

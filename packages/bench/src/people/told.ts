import type { DecidedSlot, ProfileFeatures } from '@atlas/linkage'
import { randomOf } from '@atlas/testing/world'
import { anyWord } from './works.ts'

// A title and an abstract leave 30 to 64 words that say something; one work in five has but its title.
const [FEWEST, MORE] = [24, 34]
const TITLE_ONLY = 0.2
const YEARS = 12

/** The same work with what only comparing needs: an abstract, a year, and affiliations by name. */
export function toldAtLength({ slot, work }: DecidedSlot): DecidedSlot {
  const random = randomOf('told', work.workId)
  const { terms = [] } = work
  const field = Number(/^term(\d+)x/.exec(terms.find((term) => term.includes('x')) ?? '')?.[1] ?? 0)
  const more = random.chance(TITLE_ONLY) ? 0 : FEWEST + random.int(MORE)
  const said = Array.from({ length: more }, () => anyWord(random, field))
  return {
    slot: {
      ...slot,
      affiliations: slot.affiliations.map((one) => ({
        ...one,
        name: `Department of Field ${field}, University of ${one.ror ?? 'Nowhere'}`,
      })),
    },
    work: { ...work, year: 2024 - random.int(YEARS), terms: [...new Set([...terms, ...said])] },
  }
}

export function knownAtLength(profile: ProfileFeatures): ProfileFeatures {
  return { ...profile, confirmed: profile.confirmed.map(toldAtLength) }
}

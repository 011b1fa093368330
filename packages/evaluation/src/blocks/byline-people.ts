import { type DecidedSlot, type NameForm, type ProfileFeatures, prepareName, slotKeys } from '@atlas/linkage'
import { slotFeaturesOf, workFeaturesOf } from '../engine/features.ts'
import { fileOf, readLines } from '../neutral/lines.ts'
import { recordOf } from '../neutral/record.ts'
import type { Sought } from './meetings.ts'

/** Everybody on the bylines of some sets, one for each name that is written out. */
export interface BylinePeople {
  readonly profiles: readonly ProfileFeatures[]
  /** Another work of each who has one. */
  readonly slots: readonly Sought[]
}

// A byline of thousands says nothing of how names are spread.
const LONGEST_BYLINE = 50
// One in so many slots, as if it had stood in a journal that prints initials.
const ABBREVIATED = 4

/**
 * Real names in their real skew: a profile of the first work of every written-out name, to be found by the last, and of
 * every fourth name by initials. People of one full name are one person here, so blocks are wider in life.
 */
export async function bylinePeople(folders: readonly string[]): Promise<BylinePeople> {
  const byName = new Map<string, DecidedSlot[]>()
  for (const folder of folders)
    for (const record of await readLines(fileOf(folder, 'records'), recordOf)) {
      if (record.authors.length > LONGEST_BYLINE) continue
      const work = workFeaturesOf(record)
      for (const [at, author] of record.authors.entries()) {
        const { full, family, givenJoined } = prepareName(author)
        if (!full || family === '') continue
        const name = `${family}|${givenJoined}`
        byName.set(name, [...(byName.get(name) ?? []), { slot: slotFeaturesOf(record, at), work }])
      }
    }
  const people = [...byName.values()]
  return {
    profiles: people.map(([first], at) => profileOf(String(at), first)),
    slots: people.flatMap((works, owner): readonly Sought[] => {
      const last = works.at(-1)
      if (works.length === 1 || !last) return []
      const { slot, work } = owner % ABBREVIATED === 0 ? abbreviated(last) : last
      return [{ choices: slotKeys(slot, work), owner }]
    }),
  }
}

/** The same on a byline of initials. */
function abbreviated({ slot, work }: DecidedSlot): DecidedSlot {
  const byline = work.byline.map((one) => ({ ...one, name: inInitials(one.name) }))
  return { slot: { ...slot, names: slot.names.map(inInitials) }, work: { ...work, byline } }
}

function inInitials(name: NameForm): NameForm {
  const { family, given } = prepareName(name)
  const initials = given.map((one) => `${one.slice(0, 1).toUpperCase()}.`).join(' ')
  return { name: `${initials} ${family}`, given: initials, family }
}

function profileOf(profileId: string, first: DecidedSlot | undefined): ProfileFeatures {
  return {
    profileId,
    names: first?.slot.names ?? [],
    identities: [],
    affiliations: [],
    confirmed: first ? [first] : [],
    rejected: [],
  }
}

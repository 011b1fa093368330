import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import type { Comparison, DecidedSlot } from '../types.ts'
import type { Model } from './model.ts'
import { nameBits } from './name-frequency.ts'
import type { PreparedWork } from './prepare.ts'

/** Whom a person has written with, as far as decisions say. */
export interface Coauthors {
  /** Family and given name in full: martin jean. */
  readonly full: ReadonlySet<string>
  /** Family and initial: martin j. */
  readonly initials: ReadonlySet<string>
}

export function coauthorsOf(confirmed: readonly DecidedSlot[]): Coauthors {
  const [full, initials] = [new Set<string>(), new Set<string>()]
  for (const { slot, work } of confirmed) {
    for (const { slotId, name } of work.byline) {
      if (slotId === slot.slotId) continue
      const prepared = prepareName(name)
      if (prepared.full) full.add(fullKey(prepared))
      initials.add(initialKey(prepared))
    }
  }
  return { full, initials }
}

// A name that one in a thousand bears, or fewer: one such co-author is worth two others.
const RARE_BITS = 14

/** Shared co-authors; that there are none counts against where enough are known on both sides. */
export function compareCoauthors(slotId: string, work: PreparedWork, known: Coauthors, model: Model): Comparison {
  const said = (level: string, details: string | null): Comparison => ({
    comparison: 'coauthors',
    level,
    rarity: 0,
    details,
  })
  const others = work.byline.filter((one) => one.slotId !== slotId)
  if (others.length === 0 || known.initials.size === 0) return said('null', null)
  const full = others.filter(({ name }) => name.full && known.full.has(fullKey(name)))
  // Those of the same initials count only where one of the two is not written out.
  const byInitials = others.filter(({ name }) => !full.some((one) => one.name === name) && isHalfKnown(name, known))
  const [one] = full
  if (full.length > 2) return said('many', listOf(full))
  if (full.length === 2) return said('two', listOf(full))
  if (one) return said(nameBits(one.name, model) >= RARE_BITS ? 'one_rare' : 'one', listOf(full))
  if (byInitials.length > 1) return said('initials_two', listOf(byInitials))
  if (byInitials.length === 1) return said('initials_one', listOf(byInitials))
  return said(
    known.initials.size >= 15 && others.length >= 2 ? 'none_of_many' : known.initials.size >= 3 ? 'none' : 'null',
    null,
  )
}

function isHalfKnown(name: PreparedName, known: Coauthors): boolean {
  return known.initials.has(initialKey(name))
}

function listOf(shared: readonly { readonly name: PreparedName }[]): string {
  return shared
    .slice(0, 5)
    .map(({ name }) => `${name.given.join(' ')} ${name.family}`)
    .join('; ')
}

function fullKey({ family, givenJoined }: PreparedName): string {
  return `${family} ${givenJoined}`
}

function initialKey({ family, given }: PreparedName): string {
  return `${family} ${given[0]?.[0] ?? ''}`
}

import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import type { BylineName, Comparison, DecidedSlot } from '../types.ts'
import type { Model } from './model.ts'
import { nameBits } from './name-frequency.ts'
import type { PreparedWork } from './prepare.ts'

/** A name on a byline with the keys it is found under among somebody's co-authors. */
export interface PreparedByline {
  readonly slotId: string
  readonly name: PreparedName
  /** Family and given name in full; empty where the given name is not written out. */
  readonly full: string
  readonly initials: string
}

export function prepareByline(byline: readonly BylineName[]): readonly PreparedByline[] {
  return byline.map(({ slotId, name }) => {
    const prepared = prepareName(name)
    const { family, givenJoined, given } = prepared
    return {
      slotId,
      name: prepared,
      full: prepared.full ? `${family} ${givenJoined}` : '',
      initials: `${family} ${given[0]?.[0] ?? ''}`,
    }
  })
}

/** Whom a person has written with, as far as decisions say. */
export interface Coauthors {
  /** Family and given name in full: martin jean. */
  readonly full: ReadonlySet<string>
  /** Family and initial of everybody: martin j. */
  readonly initials: ReadonlySet<string>
  /** Family and initial of those who are never written out. */
  readonly abbreviated: ReadonlySet<string>
}

export function coauthorsOf(confirmed: readonly DecidedSlot[]): Coauthors {
  const [full, initials, abbreviated] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { slot, work } of confirmed) {
    for (const one of prepareByline(work.byline)) {
      if (one.slotId === slot.slotId) continue
      if (one.full === '') abbreviated.add(one.initials)
      else full.add(one.full)
      initials.add(one.initials)
    }
  }
  return { full, initials, abbreviated }
}

// Log2 of one bearer in how many: at -1 two people bear the name; Hongru Wang is at -3.5, John Smith at -5.
const RARE_BITS = -1

/** Shared co-authors; that there are none counts against where enough are known on both sides. */
export function compareCoauthors(slotId: string, work: PreparedWork, known: Coauthors, model: Model): Comparison {
  const said = (level: string, details: string | null): Comparison => ({
    comparison: 'coauthors',
    level,
    rarity: 0,
    details,
  })
  const others = work.byline.length - (work.byline.some((one) => one.slotId === slotId) ? 1 : 0)
  if (others === 0 || known.initials.size === 0) return said('null', null)
  const full: PreparedByline[] = []
  const byInitials: PreparedByline[] = []
  for (const one of work.byline) {
    if (one.slotId === slotId || !known.initials.has(one.initials)) continue
    if (one.full !== '' && known.full.has(one.full)) full.push(one)
    else if (one.full === '' || known.abbreviated.has(one.initials)) byInitials.push(one)
  }
  const [one] = full
  if (full.length > 2) return said('many', listOf(full))
  if (full.length === 2) return said('two', listOf(full))
  if (one) return said(nameBits(one.name, model) >= RARE_BITS ? 'one_rare' : 'one', listOf(full))
  if (byInitials.length > 1) return said('initials_two', listOf(byInitials))
  if (byInitials.length === 1) return said('initials_one', listOf(byInitials))
  return said(
    known.initials.size >= 15 && others >= 2 ? 'none_of_many' : known.initials.size >= 3 ? 'none' : 'null',
    null,
  )
}

function listOf(shared: readonly { readonly name: PreparedName }[]): string {
  return shared
    .slice(0, 5)
    .map(({ name }) => name.asGiven)
    .join('; ')
}

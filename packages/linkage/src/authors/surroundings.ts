import { foldText } from '@atlas/identifiers'
import { prepareName } from '../names/prepare-name.ts'
import { remembered } from '../names/remembered.ts'
import { noted } from '../noted.ts'
import type { LinkageAffiliation, WorkFeatures } from '../types.ts'
import { FAMILY, FREQUENT_CLASSES } from './name-table.ts'

/** What splits a block of one name: with whom, where and on what its bearers publish. */
export interface Surroundings {
  readonly coauthors: readonly string[]
  readonly institutions: readonly string[]
  readonly fields: readonly string[]
}

// So many of each on the side that has many: a profile. The same choice on both sides where lists are short.
const MAX_COAUTHORS = 24
const MAX_INSTITUTIONS = 8
const MAX_FIELDS = 24
// The words that say most of a work. Measured where every name has eight bearers and room for seven: without words .786 of
// the truths are found, with 6 .829, with 12 .853.
const TERMS = 6

/** What stands beside one author of a work. */
export function besideSlot(slotId: string, work: WorkFeatures): Pick<Surroundings, 'coauthors' | 'fields'> {
  return {
    coauthors: coauthorsOf(work).flatMap((one) => (one.slotId === slotId ? [] : one.key)),
    fields: fieldsOf(work),
  }
}

/** The most telling of each kind, distinct; which they are does not depend on the order of the works. */
export function mostTelling(all: Surroundings): Surroundings {
  return {
    coauthors: rarest(all.coauthors),
    institutions: mostOften(all.institutions).slice(0, MAX_INSTITUTIONS),
    fields: mostOften(all.fields).slice(0, MAX_FIELDS),
  }
}

/** Names for an institution: its ROR, and the part of what was written that names it. */
export function institutionsOf({ name, ror }: LinkageAffiliation): readonly string[] {
  const { named } = partOf(name)
  return [...(ror ? [ror] : []), ...(named ? [named.slice(0, 60)] : [])]
}

const partOf = remembered((name: string) => {
  const parts = name.split(/[,;]/).map(foldText)
  return { named: parts.find((part) => INSTITUTION.test(part)) ?? (parts.length === 1 ? parts[0] : undefined) }
})

const INSTITUTION = /\b(?:univ|institut|istitut|college|hospital|academ|polytech|politec|ecole|hochschule)/

interface Coauthor {
  readonly slotId: string
  readonly key: string
}

// A byline is read once and not once for each of its slots.
const coauthorsOf = noted((work: WorkFeatures): readonly Coauthor[] =>
  work.byline.flatMap(({ slotId, name }): readonly Coauthor[] => {
    const { family, given } = prepareName(name)
    // By the initial: the same byline is written in full here and abbreviated there.
    return family.length > 1 ? [{ slotId, key: `${family}|${given[0]?.[0] ?? ''}` }] : []
  }),
)

const fieldsOf = noted((work: WorkFeatures): readonly string[] => {
  const { venue, subjects, terms = [] } = work
  const named = [...(venue === null ? [] : [venue]), ...subjects].map(foldText).filter((field) => field !== '')
  return [...named, ...terms.slice(0, TERMS)]
})

/** The rarest family names first, so that both sides choose alike where they must choose. */
function rarest(coauthors: readonly string[]): readonly string[] {
  const distinct = [...new Set(coauthors)]
  if (distinct.length <= MAX_COAUTHORS) return distinct
  return distinct
    .map((coauthor) => ({ coauthor, rank: rankOf(coauthor) }))
    .sort((a, b) => b.rank - a.rank || (a.coauthor < b.coauthor ? -1 : 1))
    .slice(0, MAX_COAUTHORS)
    .map(({ coauthor }) => coauthor)
}

function rankOf(coauthor: string): number {
  return FAMILY.classOf[coauthor.slice(0, coauthor.indexOf('|'))] ?? FREQUENT_CLASSES + 1
}

function mostOften(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([value]) => value)
}

import type { FrequencyTable, Levels, Rarity } from '@atlas/linkage'
import { comparedPairOf, indexOfSet } from '../engine/attribution.ts'
import { nameBlock } from '../names/plain-name.ts'
import type { AuthorSet, PairSet, SlotRef } from '../neutral/types.ts'
import type { ItemTruth, PairTruth } from '../truth/read-truths.ts'
import type { Example } from './fit.ts'

/** A slot whose author is known, compared with whom it meets, and what has to be left out together with it. */
export interface Material {
  /** `record#slot` of everything in it whose owner it tells. */
  readonly places: readonly string[]
  /** Surname and first initial. */
  readonly block: string
  readonly candidates: readonly { readonly profile: string; readonly levels: Levels }[]
  /** null: nobody with a profile. */
  readonly truth: string | null
  readonly nobody: number
  readonly rarity: Rarity
  readonly weight: number
  readonly isPair: boolean
}

export function materialOf(
  set: AuthorSet,
  truths: readonly ItemTruth[],
  weight: number,
  table: FrequencyTable,
): readonly Material[] {
  const index = indexOfSet(set, table)
  return truths.map((item) => {
    const { candidates, nobody, rarity } = index.compared(item)
    return {
      places: [placeOf(item)],
      block: blockOf(set, item),
      candidates: candidates.map(({ profileId, levels }) => ({ profile: profileId, levels })),
      truth: item.profile,
      nobody,
      rarity,
      weight,
      isPair: false,
    }
  })
}

/** Each pair from both sides, next to each other: which of the two is known makes no difference to the truth. */
export function pairMaterialOf(
  set: PairSet,
  truths: readonly PairTruth[],
  weight: number,
  table: FrequencyTable,
): readonly Material[] {
  const compare = comparedPairOf(set, table)
  return truths.flatMap(({ left, right, same }) =>
    [[left, right] as const, [right, left] as const].map(([known, other]) => {
      const { candidates, nobody, rarity } = compare(known, other)
      return {
        places: [placeOf(known), placeOf(other)],
        block: blockOf(set, other),
        candidates: candidates.map(({ profileId, levels }) => ({ profile: profileId, levels })),
        truth: same ? 'left' : null,
        nobody,
        rarity,
        weight,
        isPair: true,
      }
    }),
  )
}

export function examplesOf(material: readonly Material[]): readonly Example[] {
  return material.map(({ candidates, truth, nobody, rarity, weight, isPair }) => ({
    candidates: candidates.map(({ levels }) => levels),
    truth: candidates.findIndex(({ profile }) => profile === truth),
    nobody,
    rarity,
    weight,
    isPair,
  }))
}

/** People and places that a model must not have seen. */
export interface Held {
  readonly profiles: ReadonlySet<string>
  readonly places: ReadonlySet<string>
}

/** The material without what is held: no item of theirs, and none of them among the candidates of others. */
export function without(material: readonly Material[], { profiles, places }: Held): readonly Material[] {
  return material
    .filter((one) => !(one.truth !== null && profiles.has(one.truth)) && !one.places.some((place) => places.has(place)))
    .map((one) => ({ ...one, candidates: one.candidates.filter(({ profile }) => !profiles.has(profile)) }))
}

export function placeOf({ record, slot }: SlotRef): string {
  return `${record}#${slot}`
}

function blockOf({ record }: Pick<AuthorSet, 'record'>, ref: SlotRef): string {
  return nameBlock(record(ref.record).authors[ref.slot]?.name ?? '')
}

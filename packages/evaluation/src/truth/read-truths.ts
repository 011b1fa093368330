import { FieldError, type Fields, fieldsOf, optionalText } from '../neutral/fields.ts'
import { fileOf, readLines } from '../neutral/lines.ts'
import { pairOf, profileOf, slotRefOf } from '../neutral/record.ts'
import type { NeutralPair, SlotRef } from '../neutral/types.ts'

/** Whose a stream item is, and what the set says of it beside. */
export interface ItemTruth extends SlotRef {
  readonly profile: string | null
  readonly facets: Readonly<Record<string, string>>
}

export interface PairTruth extends NeutralPair {
  readonly same: boolean
  /** train, test … or empty where the set is not divided. */
  readonly split: string
}

/** The truths of a stream, in its order; only what scores may ask for them. */
export async function readItemTruths(folder: string): Promise<readonly ItemTruth[]> {
  const profiles = new Set((await readLines(fileOf(folder, 'profiles'), profileOf)).map(({ id }) => id))
  return readLines(fileOf(folder, 'stream'), (fields): ItemTruth => {
    if (fields['profile'] === undefined) throw new FieldError('"profile" is missing: nothing can be scored without it')
    const profile = optionalText(fields, 'profile')
    if (profile !== null && !profiles.has(profile)) throw new FieldError(`no profile "${profile}"`)
    return { ...slotRefOf(fields), profile, facets: facetsOf(fields) }
  })
}

export function readPairTruths(folder: string): Promise<readonly PairTruth[]> {
  return readLines(fileOf(folder, 'pairs'), (fields): PairTruth => {
    const { same } = fields
    if (typeof same !== 'boolean')
      throw new FieldError('"same" is neither true nor false: nothing can be scored without it')
    return { ...pairOf(fields), same, split: optionalText(fields, 'split') ?? '' }
  })
}

function facetsOf(fields: Fields): Readonly<Record<string, string>> {
  const facets = fields['facets'] ?? null
  if (facets === null) return {}
  return Object.fromEntries(
    Object.entries(fieldsOf(facets, '"facets"')).map(([name, value]) => {
      if (!['string', 'number', 'boolean'].includes(typeof value))
        throw new FieldError(`facet "${name}" is not a plain value`)
      return [name, String(value)]
    }),
  )
}

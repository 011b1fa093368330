import { type PlainName, plainName } from '../names/plain-name.ts'
import type { AuthorSet, NeutralRecord, SlotRef } from '../neutral/types.ts'

export function nameAt(record: NeutralRecord, slot: number): string {
  const author = record.authors[slot]
  if (author === undefined) throw new Error(`no slot ${slot} in record "${record.id}"`)
  return author.name
}

/** Whether a profile of one name may be looked at for a slot of the other. */
export type NameRule = (slot: PlainName, profile: PlainName) => boolean

export const sameInitial: NameRule = (a, b) => {
  const [x, y] = [a.forenames[0]?.[0], b.forenames[0]?.[0]]
  return x !== undefined && x === y
}

/** Profiles by family name, so that a rule is asked about namesakes only. */
export interface Namesakes {
  find(name: string, rule: NameRule): readonly string[]
  add(id: string, name: string): void
}

export function namesakesIn({ profiles, record }: AuthorSet): Namesakes {
  const byFamily = new Map<string, { readonly id: string; readonly name: PlainName }[]>()
  const add = (id: string, text: string): void => {
    const name = plainName(text)
    const block = byFamily.get(name.family)
    if (block) block.push({ id, name })
    else byFamily.set(name.family, [{ id, name }])
  }
  for (const { id, names, seeds } of profiles)
    for (const name of new Set([...names, ...seeds.map((seed) => nameAt(record(seed.record), seed.slot))]))
      add(id, name)
  return {
    add,
    find(text, rule) {
      const slot = plainName(text)
      if (slot.family === '') return []
      const found = (byFamily.get(slot.family) ?? []).filter((profile) => rule(slot, profile.name))
      return [...new Set(found.map(({ id }) => id))]
    },
  }
}

/** Who else is on the byline. */
export function othersOn(record: NeutralRecord, { slot }: SlotRef): readonly string[] {
  return record.authors.filter((_, at) => at !== slot).map(({ name }) => name)
}

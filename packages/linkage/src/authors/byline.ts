import { readParts } from '../names/prepare-name.ts'
import type { BylineName, NameForm } from '../types.ts'

/** A name on a byline with the keys it is found under among somebody's co-authors. */
export interface PreparedByline {
  readonly slotId: string
  readonly name: NameForm
  /** Family and given name in full; empty where the given name is not written out. */
  readonly full: string
  readonly initials: string
}

export function prepareByline(byline: readonly BylineName[]): readonly PreparedByline[] {
  return byline.map(({ slotId, name }) => {
    const { family, givenJoined, given, full } = readParts(name)
    return {
      slotId,
      name,
      full: full ? `${family} ${givenJoined}` : '',
      initials: `${family} ${given[0]?.[0] ?? ''}`,
    }
  })
}

import { foldText } from '@atlas/identifiers'
import { remembered } from '../names/remembered.ts'

/** Where somebody works, folded once. */
export interface PreparedAffiliations {
  readonly rors: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  /** Words that tell one institution from another, one list for each affiliation. */
  readonly words: readonly (readonly string[])[]
}

const COMMON: ReadonlySet<string> = new Set(
  (
    'university universite universitat universita universidad universidade universiteit univ institute institut instituto istituto ' +
    'department departement dept departamento dipartimento faculty faculte fakultat school college center centre centro laboratory ' +
    'laboratoire lab labs research recherche national nationale science sciences technology technologies technical engineering medicine ' +
    'medical hospital academy group division section unit of the and for in de la le les des du et d l di del della e y der die das ' +
    'fur und at inc ltd gmbh co corporation company computer information state international applied natural'
  ).split(' '),
)

export function prepareAffiliations(
  affiliations: readonly { readonly name: string; readonly ror: string | null }[],
): PreparedAffiliations {
  if (affiliations.length === 0) return NOWHERE
  const read = affiliations.map(({ name }) => readName(name)).filter(({ folded }) => folded !== '')
  const names = new Map(read.map(({ folded, words }) => [folded, words]))
  return {
    rors: new Set(affiliations.flatMap(({ ror }) => ror ?? [])),
    names: new Set(names.keys()),
    words: [...names.values()],
  }
}

const NOWHERE: PreparedAffiliations = { rors: new Set(), names: new Set(), words: [] }

// A name for an institution stands at thousands of authors.
const readName = remembered((name: string) => {
  const folded = foldText(name)
  // Each once: said twice it is no more in common.
  return { folded, words: [...new Set(folded.split(' '))].filter((word) => word.length > 2 && !COMMON.has(word)) }
})

/** What two sides have in common, and what that is; undefined where one says nothing. */
export function compareAffiliations(
  slot: PreparedAffiliations,
  profile: PreparedAffiliations,
):
  | { readonly level: 'different' | 'similar' | 'name_equal' | 'ror_equal'; readonly details: string | null }
  | undefined {
  const ror = first(slot.rors, profile.rors)
  if (ror !== undefined) return { level: 'ror_equal', details: `https://ror.org/${ror}` }
  const name = first(slot.names, profile.names)
  if (name !== undefined) return { level: 'name_equal', details: name }
  if (slot.names.size === 0 || profile.names.size === 0) return undefined
  const similar = slot.words.find((words) => profile.words.some((other) => areSimilar(words, other)))
  if (similar === undefined) return { level: 'different', details: null }
  return { level: 'similar', details: similar.join(' ') }
}

function first(a: ReadonlySet<string>, b: ReadonlySet<string>): string | undefined {
  for (const item of a) if (b.has(item)) return item
  return undefined
}

/** Half of the words of the shorter in common, two at least where it has more than one. */
function areSimilar(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length === 0) return false
  const shared = short.filter((word) => long.includes(word)).length
  return short.length === 1 ? shared === 1 && (short[0]?.length ?? 0) > 3 : shared >= 2 && shared * 2 >= short.length
}

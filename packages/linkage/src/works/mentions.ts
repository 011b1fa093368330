import { foldText, type NameAsGiven } from '@atlas/identifiers'
import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import type { LinkageAuthor, LinkageRecord } from '../types.ts'

/** One author entry with its name prepared. */
export interface PreparedMention {
  readonly author: LinkageAuthor
  readonly recordId: string
  readonly version: number
  readonly name: PreparedName
  /** orcid:…, openalex_author:… */
  readonly ids: readonly string[]
  /** Folded name of a group; empty for a person. */
  readonly collective: string
}

/** A slot in the making: mentions in the order in which they joined. */
export interface Draft {
  readonly mentions: PreparedMention[]
  ambiguous: boolean
  /** One mention for each way the name is written: of 500 members nearly all write it alike. */
  readonly forms: Map<string, PreparedMention>
  /** What the next record finds it by, see `indexKeys` and `bareKeys`. */
  readonly keys: Set<string>
  readonly ids: Set<string>
  readonly positions: Set<number>
}

export function newDraft(): Draft {
  const sets = { keys: new Set<string>(), ids: new Set<string>(), positions: new Set<number>() }
  return { mentions: [], ambiguous: false, forms: new Map(), ...sets }
}

/** `isLast`: no record comes after this one whose mentions would have to find the draft. */
export function joinDraft(draft: Draft, mention: PreparedMention, isLast: boolean): void {
  const { author, collective } = mention
  draft.mentions.push(mention)
  if (isLast) return
  draft.positions.add(author.position)
  for (const id of mention.ids) draft.ids.add(id)
  const { name, given, family, suffix }: NameAsGiven = author
  const form = JSON.stringify([collective, name, given, family, suffix])
  if (draft.forms.has(form)) return
  draft.forms.set(form, mention)
  for (const key of [...indexKeys(mention), ...bareKeys(mention)]) draft.keys.add(key)
}

// Who advised on a thesis, or judged it, did not make it: such people are never asked whether it is theirs.
const NOT_ITS_MAKERS = new Set(['thesis_advisor', 'thesis_reviewer', 'jury_president', 'jury_member'])

/** Those who made the work, in the order of their positions. */
export function mentionsOf(record: LinkageRecord): readonly PreparedMention[] {
  return record.authors
    .filter(({ role }) => !NOT_ITS_MAKERS.has(role))
    .toSorted((a, b) => a.position - b.position || (a.mentionKey < b.mentionKey ? -1 : 1))
    .map((author) => ({
      author,
      recordId: record.recordId,
      version: record.version,
      name: prepareName(author),
      ids: [
        ...(author.orcid === null ? [] : [`orcid:${author.orcid}`]),
        ...author.sourceIds.map(({ scheme, value }) => `${scheme}:${value}`),
      ],
      collective: author.collective ? foldText(author.name) : '',
    }))
}

/** What two mentions that may be one person have in common at least; looked up by `lookupKeys`. */
export function indexKeys({ name, collective }: PreparedMention): readonly string[] {
  if (collective !== '') return [`group ${collective}`]
  const families = new Set([...name.familyParts, name.familyWhole, name.family])
  // One key for both orders: by the given name alone all the Adas of a byline would meet.
  const swapped = name.full ? [`= ${[name.family, name.givenJoined].sort().join(' ')}`] : []
  const initials = new Set(name.given.map((token) => token[0] ?? ''))
  return [...families]
    .flatMap((family) => [`${family} *`, ...[...initials].map((initial) => `${family} ${initial}`)])
    .concat(swapped)
}

/** Fewer than are indexed: a name with initials need not look at the whole family. */
export function lookupKeys(mention: PreparedMention): readonly string[] {
  const { name, collective } = mention
  if (collective !== '') return [`group ${collective}`]
  if (name.given.length === 0)
    return [...new Set([...name.familyParts, name.familyWhole])].map((family) => `${family} *`)
  const keys = indexKeys(mention).filter((key) => !key.endsWith('*'))
  return [...keys, ...[...new Set([...name.familyParts, name.familyWhole])].map((family) => `${family} -`)]
}

/** Whoever has no given name is found by everybody of the family. */
export function bareKeys({ name, collective }: PreparedMention): readonly string[] {
  if (collective !== '' || name.given.length > 0) return []
  return [...new Set([...name.familyParts, name.familyWhole])].map((family) => `${family} -`)
}

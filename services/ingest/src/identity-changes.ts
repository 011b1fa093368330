import type { RecordAuthor, RecordSnapshot } from '@atlas/schemas'
import { canonicalJson } from './adapters/canonical-json.ts'
import { AUTHOR_WHO, RECORD_READERS } from './adapters/field-classes.ts'

/** A list of 5,000 new authors is told by its first. */
const MAX_PATHS = 50

/**
 * The paths of what differs of who or what a record is: `title`, `authors[3].orcid` (the fourth of `next`), `authors[+]` for
 * entries that came and `authors[-]` for those that went. Empty exactly when the identity fingerprints are equal and
 * neither is a deletion.
 */
export function identityChanges(previous: RecordSnapshot, next: RecordSnapshot): readonly string[] {
  const paths = previous.deleted === next.deleted ? [] : ['deleted']
  for (const { field, read } of RECORD_READERS.identity) {
    if (field === 'authors') paths.push(...authorChanges(previous.authors, next.authors))
    else if (differ(read(previous), read(next))) paths.push(field)
    if (paths.length >= MAX_PATHS) break
  }
  return paths.slice(0, MAX_PATHS)
}

function authorChanges(previous: readonly RecordAuthor[], next: readonly RecordAuthor[]): string[] {
  const left = new Map(previous.map((author) => [author.mentionKey, author]))
  const pairs = next.map((author, at) => {
    const key = [author.mentionKey, ...author.aliases].find((one) => left.has(one)) ?? ''
    const before = left.get(key)
    left.delete(key)
    return { at, author, before }
  })
  const strangers = [...left.values()].map(whoIs)
  const paths: string[] = []
  let came = false
  for (const { at, author, before } of pairs) {
    if (before !== undefined) {
      for (const { field, read } of AUTHOR_WHO)
        if (differ(read(before), read(author))) paths.push(`authors[${at}].${field}`)
      continue
    }
    // A key that could not be aligned, of an entry that says the same.
    const same = strangers.indexOf(whoIs(author))
    if (same === -1) came = true
    else strangers.splice(same, 1)
  }
  return [...paths, ...(came ? ['authors[+]'] : []), ...(strangers.length > 0 ? ['authors[-]'] : [])]
}

function whoIs(author: RecordAuthor): string {
  return canonicalJson(AUTHOR_WHO.map(({ read }) => read(author)))
}

function differ(a: unknown, b: unknown): boolean {
  return a !== b && canonicalJson(a) !== canonicalJson(b)
}

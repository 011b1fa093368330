import type { Link } from '../types.ts'
import { linksOneToOne } from './one-to-one.ts'
import type { PreparedRecord } from './prepare.ts'

/** Of each record of a clean source the list it stands in, which is the source. */
export function listsOf(open: readonly PreparedRecord[], clean: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map(
    open.flatMap(({ record: { recordId, source } }) => (clean.has(source) ? [[recordId, source] as const] : [])),
  )
}

/** A list names each work once, so no two of its records are one work. */
export function inOneList(a: string, b: string, listOf: ReadonlyMap<string, string>): boolean {
  const list = listOf.get(a)
  return list !== undefined && list === listOf.get(b)
}

/** Between lists only the pairs that go one to one; other links stay. */
export function pairedOff(
  links: readonly Link[],
  open: readonly PreparedRecord[],
  listOf: ReadonlyMap<string, string>,
): readonly Link[] {
  const others = links.filter(({ left, right }) => !listOf.has(left) || !listOf.has(right))
  const lists = new Set(listOf.values())
  return [...others, ...linksOneToOne(open, (source) => lists.has(source))]
}

import { createHash } from 'node:crypto'

export const DIGEST_KINDS = ['work', 'candidate', 'standing'] as const
export type DigestKind = (typeof DIGEST_KINDS)[number]

/** One thing that must be equal whatever the order, the redelivery and the crashes, with all that counts of it. */
export interface DigestObject<Kind extends string = DigestKind> {
  readonly kind: Kind
  readonly id: string
  /** In a fixed order of fields; two objects are equal when their texts are. */
  readonly text: string
}

export interface Digest<Kind extends string = DigestKind> {
  /** By kind and id. */
  readonly objects: ReadonlyMap<string, string>
  readonly counts: Readonly<Record<Kind, number>>
  /** Of each kind by itself. */
  readonly sums: Readonly<Record<Kind, string>>
  /** Sum modulo 2^256 of the SHA-256 of every object, hex: the order does not matter. */
  readonly sum: string
}

const MODULUS = 1n << 256n

/** Throws when one id comes twice: two works, claims or standings under one name are never right. */
export function digestOfObjects(given: Iterable<DigestObject>): Digest {
  return digestOfKinds(DIGEST_KINDS, given)
}

/** The same over things of other kinds. */
export function digestOfKinds<Kind extends string>(
  kinds: readonly Kind[],
  given: Iterable<DigestObject<Kind>>,
): Digest<Kind> {
  const objects = new Map<string, string>()
  const counts = recordOf(kinds, () => 0)
  const sums = recordOf(kinds, () => 0n)
  for (const { kind, id, text } of given) {
    const name = `${kind} ${id}`
    if (objects.has(name)) throw new Error(`${name} is there twice`)
    objects.set(name, text)
    counts[kind]++
    sums[kind] += BigInt(`0x${createHash('sha256').update(`${name}\n${text}`).digest('hex')}`)
  }
  const hex = (sum: bigint) => (sum % MODULUS).toString(16).padStart(64, '0')
  const total = kinds.reduce((sum, kind) => sum + sums[kind], 0n)
  return { objects, counts, sums: recordOf(kinds, (kind) => hex(sums[kind])), sum: hex(total) }
}

function recordOf<Kind extends string, Value>(kinds: readonly Kind[], of: (kind: Kind) => Value): Record<Kind, Value> {
  return Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Record<Kind, Value>
}

/** Every object that the two digests do not agree about, one line each; empty when they are equal. */
export function differencesOf<Kind extends string>(expected: Digest<Kind>, found: Digest<Kind>): readonly string[] {
  if (expected.sum === found.sum) return []
  const names = [...new Set([...expected.objects.keys(), ...found.objects.keys()])].sort()
  return names.flatMap((name) => {
    const [before, after] = [expected.objects.get(name), found.objects.get(name)]
    if (before === after) return []
    if (before === undefined) return [`${name} is new: ${after}`]
    if (after === undefined) return [`${name} is missing: ${before}`]
    return [`${name} differs: ${firstDifference(before, after)}`]
  })
}

/** The place where two texts part, with what stands around it. */
function firstDifference(before: string, after: string): string {
  const length = Math.min(before.length, after.length)
  let at = 0
  while (at < length && before[at] === after[at]) at++
  const from = Math.max(0, at - 40)
  return `expected …${before.slice(from, at + 80)}… found …${after.slice(from, at + 80)}…`
}

const SHOWN = 5

/** A few lines for a person: how many things of each kind differ, and the first of them; empty when nothing does. */
export function tellDifferences<Kind extends string>(expected: Digest<Kind>, found: Digest<Kind>): readonly string[] {
  const differences = differencesOf(expected, found)
  return (Object.keys(expected.counts) as Kind[]).flatMap((kind) => {
    const of = differences.filter((line) => line.startsWith(`${kind} `))
    if (of.length === 0) return []
    const head = `${of.length} of kind ${kind} differ (${expected.counts[kind]} expected, ${found.counts[kind]} found)`
    return [head, ...of.slice(0, SHOWN).map((line) => `  ${line.slice(0, 400)}`)]
  })
}

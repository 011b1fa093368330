import { createHash } from 'node:crypto'

export type DigestKind = 'work' | 'candidate' | 'standing'

/** One thing that must be equal whatever the order, the redelivery and the crashes, with all that counts of it. */
export interface DigestObject {
  readonly kind: DigestKind
  readonly id: string
  /** In a fixed order of fields; two objects are equal when their texts are. */
  readonly text: string
}

export interface Digest {
  /** By kind and id. */
  readonly objects: ReadonlyMap<string, string>
  readonly counts: Readonly<Record<DigestKind, number>>
  /** Of each kind by itself. */
  readonly sums: Readonly<Record<DigestKind, string>>
  /** Sum modulo 2^256 of the SHA-256 of every object, hex: the order does not matter. */
  readonly sum: string
}

const MODULUS = 1n << 256n

/** Throws when one id comes twice: two works, claims or standings under one name are never right. */
export function digestOfObjects(given: Iterable<DigestObject>): Digest {
  const objects = new Map<string, string>()
  const counts = { work: 0, candidate: 0, standing: 0 }
  const sums = { work: 0n, candidate: 0n, standing: 0n }
  for (const { kind, id, text } of given) {
    const name = `${kind} ${id}`
    if (objects.has(name)) throw new Error(`${name} is there twice`)
    objects.set(name, text)
    counts[kind]++
    sums[kind] += BigInt(`0x${createHash('sha256').update(`${name}\n${text}`).digest('hex')}`)
  }
  const hex = (sum: bigint) => (sum % MODULUS).toString(16).padStart(64, '0')
  const { work, candidate, standing } = sums
  return {
    objects,
    counts,
    sums: { work: hex(work), candidate: hex(candidate), standing: hex(standing) },
    sum: hex(work + candidate + standing),
  }
}

/** Every object that the two digests do not agree about, one line each; empty when they are equal. */
export function differencesOf(expected: Digest, found: Digest): readonly string[] {
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
export function tellDifferences(expected: Digest, found: Digest): readonly string[] {
  const differences = differencesOf(expected, found)
  return (Object.keys(expected.counts) as DigestKind[]).flatMap((kind) => {
    const of = differences.filter((line) => line.startsWith(`${kind} `))
    if (of.length === 0) return []
    const head = `${of.length} of kind ${kind} differ (${expected.counts[kind]} expected, ${found.counts[kind]} found)`
    return [head, ...of.slice(0, SHOWN).map((line) => `  ${line.slice(0, 400)}`)]
  })
}

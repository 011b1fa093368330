import { createHash } from 'node:crypto'

/** Chance that is the same wherever it runs: a generator for each named thing, so that no order of asking matters. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** In [0, below). */
  int(below: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** Earlier items more often, as 1 / rank^exponent: how names, topics and team sizes are spread. */
  zipf<T>(items: readonly T[], exponent?: number): T
  /** Distinct items, in the order drawn. */
  sample<T>(items: readonly T[], count: number): T[]
}

/** sfc32 (Doty-Humphrey, PractRand), seeded by SHA-256 of the name. */
export function randomOf(...name: readonly (string | number)[]): Random {
  const seed = createHash('sha256').update(name.join('\u001f')).digest()
  let a = seed.readUInt32LE(0)
  let b = seed.readUInt32LE(4)
  let c = seed.readUInt32LE(8)
  let counter = 1
  const next = () => {
    const t = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()
  const int = (below: number) => Math.floor(next() * below)
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick,
    zipf(items, exponent = 1) {
      const cumulative = weightsOf(items.length, exponent)
      const point = next() * (cumulative.at(-1) ?? 0)
      const item = items[cumulative.findIndex((sum) => sum > point)]
      return item === undefined ? pick(items) : item
    },
    sample(items, count) {
      const left = [...items]
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(int(left.length), 1)).flat()
    },
  }
}

const weights = new Map<string, number[]>()

function weightsOf(length: number, exponent: number): number[] {
  const key = `${length}:${exponent}`
  let sums = weights.get(key)
  if (!sums) {
    let sum = 0
    sums = Array.from({ length }, (_, rank) => {
      sum += 1 / (rank + 1) ** exponent
      return sum
    })
    weights.set(key, sums)
  }
  return sums
}

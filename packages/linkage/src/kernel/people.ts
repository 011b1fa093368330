import { hash53 } from '../text/hash.ts'
import type { Texts } from './texts.ts'

/** What of a person, or of a slot, a sketchy comparison needs. Numbers stand for names and institutions. */
export interface Sketch {
  /** Folded, a letter a byte. */
  readonly name: string
  /** Who shares it is compared. */
  readonly block: string
  readonly coauthors: readonly number[]
  readonly institutions: readonly number[]
}

/** People as arrays that workers share, those of a block side by side: who is compared in turn is read in turn. */
export interface People {
  readonly count: number
  /** The number under which each was given, from 0. */
  readonly given: Uint32Array
  readonly names: Texts
  /** So many for each, rising, `NOBODY` behind the last. */
  readonly coauthors: Uint32Array
  readonly institutions: Uint32Array
  /** Hashes of blocks, rising; block b has people from `starts[b]` up to `starts[b + 1]`. */
  readonly blocks: Float64Array
  readonly starts: Uint32Array
}

export const COAUTHORS = 8
export const INSTITUTIONS = 3
export const NOBODY = 0xffff_ffff

/** Takes the first of too many co-authors or institutions. */
export function peopleOf(sketches: Iterable<Sketch>): People {
  const given = collect(sketches)
  const order = new Uint32Array(given.count).map((_, at) => at)
  order.sort((a, b) => (given.blocks[a] ?? 0) - (given.blocks[b] ?? 0) || a - b)
  return { ...inOrder(given, order), ...blocksOf(order.length, (at) => given.blocks[order[at] ?? 0] ?? 0) }
}

/** What the arrays take. */
export function bytesOf({ given, names, coauthors, institutions, blocks, starts }: People): number {
  const arrays = [given, names.bytes, names.starts, coauthors, institutions, blocks, starts]
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** Number of the block with this hash; -1 where there is none. */
export function blockAt({ blocks }: People, hash: number): number {
  let [low, high] = [0, blocks.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = blocks[middle] ?? 0
    if (found === hash) return middle
    if (found < hash) low = middle + 1
    else high = middle - 1
  }
  return -1
}

interface Collected {
  readonly count: number
  readonly blocks: Float64Array
  readonly names: Texts
  readonly coauthors: Uint32Array
  readonly institutions: Uint32Array
}

function collect(sketches: Iterable<Sketch>): Collected {
  let [count, end] = [0, 0]
  let blocks = new Float64Array(1024)
  let starts = new Uint32Array(1025)
  let bytes = new Uint8Array(16 * 1024)
  let coauthors = new Uint32Array(COAUTHORS * 1024)
  let institutions = new Uint32Array(INSTITUTIONS * 1024)
  for (const { name, block, coauthors: others, institutions: places } of sketches) {
    if (count === blocks.length) {
      blocks = grown(blocks, new Float64Array(2 * count))
      starts = grown(starts, new Uint32Array(2 * count + 1))
      coauthors = grown(coauthors, new Uint32Array(2 * count * COAUTHORS))
      institutions = grown(institutions, new Uint32Array(2 * count * INSTITUTIONS))
    }
    if (end + name.length > bytes.length) bytes = grown(bytes, new Uint8Array(2 * (end + name.length)))
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at)
      if (code > 0xff) throw new Error(`"${name}" is not folded to letters of one byte`)
      bytes[end++] = code
    }
    blocks[count] = hash53(block)
    coauthors.set(rising(others, COAUTHORS), count * COAUTHORS)
    institutions.set(rising(places, INSTITUTIONS), count * INSTITUTIONS)
    starts[++count] = end
  }
  return { count, blocks, names: { bytes, starts }, coauthors, institutions }
}

function grown<T extends Float64Array | Uint32Array | Uint8Array>(values: T, larger: T): T {
  larger.set(values)
  return larger
}

function rising(numbers: readonly number[], width: number): readonly number[] {
  const first = [...new Set(numbers)].slice(0, width).sort((a, b) => a - b)
  return [...first, ...new Array<number>(width - first.length).fill(NOBODY)]
}

function inOrder(given: Collected, order: Uint32Array): Omit<People, 'blocks' | 'starts'> {
  const count = order.length
  const names = {
    bytes: new Uint8Array(new SharedArrayBuffer(given.names.starts[count] ?? 0)),
    starts: sharedNumbers(count + 1),
  }
  const coauthors = sharedNumbers(count * COAUTHORS)
  const institutions = sharedNumbers(count * INSTITUTIONS)
  const numbers = sharedNumbers(count)
  numbers.set(order)
  let end = 0
  for (const [at, from] of order.entries()) {
    const name = given.names.bytes.subarray(given.names.starts[from], given.names.starts[from + 1])
    names.bytes.set(name, end)
    end += name.length
    names.starts[at + 1] = end
    coauthors.set(given.coauthors.subarray(from * COAUTHORS, (from + 1) * COAUTHORS), at * COAUTHORS)
    institutions.set(given.institutions.subarray(from * INSTITUTIONS, (from + 1) * INSTITUTIONS), at * INSTITUTIONS)
  }
  return { count, given: numbers, names, coauthors, institutions }
}

function blocksOf(count: number, hashAt: (at: number) => number): Pick<People, 'blocks' | 'starts'> {
  const begins: number[] = []
  for (let at = 0; at < count; at++) if (at === 0 || hashAt(at) !== hashAt(at - 1)) begins.push(at)
  const blocks = new Float64Array(new SharedArrayBuffer(8 * begins.length))
  const starts = sharedNumbers(begins.length + 1)
  for (const [block, at] of begins.entries()) {
    blocks[block] = hashAt(at)
    starts[block] = at
  }
  starts[begins.length] = count
  return { blocks, starts }
}

function sharedNumbers(count: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(4 * count))
}

import { hold, likenessTo } from './jaro-winkler.ts'
import { blockAt, COAUTHORS, INSTITUTIONS, NOBODY, type People } from './people.ts'

/** Points of a sketchy comparison: a name by its likeness, whoever was written with, where both work. */
export const SKETCHY = {
  name: [
    { from: 0.97, points: 6 },
    { from: 0.92, points: 4 },
    { from: 0.85, points: 1 },
  ],
  otherName: -6,
  /** By how many co-authors are shared, the last for more. */
  coauthors: [-2, 4, 7, 9],
  institution: 3,
  otherInstitution: -1,
  /** Kept from so many points on. */
  keep: 3,
} as const

/** Compares the slots of these blocks of slots with the people of the same blocks; returns how many pairs there were. */
export function scoreBlocks(
  slots: People,
  people: People,
  blocks: readonly [from: number, to: number],
  keep: (slot: number, person: number) => void,
): number {
  let pairs = 0
  for (let own = blocks[0]; own < blocks[1]; own++) {
    const block = blockAt(people, slots.blocks[own] ?? 0)
    if (block < 0) continue
    const [from, to] = [people.starts[block] ?? 0, people.starts[block + 1] ?? 0]
    const end = slots.starts[own + 1] ?? 0
    for (let slot = slots.starts[own] ?? 0; slot < end; slot++) {
      pairs += to - from
      hold(slots.names, slot)
      for (let person = from; person < to; person++)
        if (pointsOf(slots, slot, people, person) >= SKETCHY.keep)
          keep(slots.given[slot] ?? 0, people.given[person] ?? 0)
    }
  }
  return pairs
}

/** Points of a pair whose slot's name is held. */
function pointsOf(slots: People, slot: number, people: People, person: number): number {
  const coauthors = shared(slots.coauthors, slot, people.coauthors, person, COAUTHORS)
  const institutions = shared(slots.institutions, slot, people.institutions, person, INSTITUTIONS)
  return (
    pointsOfName(likenessTo(people.names, person)) +
    (SKETCHY.coauthors[Math.min(coauthors, SKETCHY.coauthors.length - 1)] ?? 0) +
    (institutions > 0 ? SKETCHY.institution : SKETCHY.otherInstitution)
  )
}

function pointsOfName(likeness: number): number {
  for (const { from, points } of SKETCHY.name) if (likeness >= from) return points
  return SKETCHY.otherName
}

/** How many numbers two rows of rising numbers have in common. */
function shared(left: Uint32Array, i: number, right: Uint32Array, j: number, width: number): number {
  let [x, y, count] = [i * width, j * width, 0]
  const [endX, endY] = [x + width, y + width]
  while (x < endX && y < endY) {
    const [a = NOBODY, b = NOBODY] = [left[x], right[y]]
    if (a === NOBODY || b === NOBODY) break
    if (a === b) count++
    if (a <= b) x++
    if (b <= a) y++
  }
  return count
}

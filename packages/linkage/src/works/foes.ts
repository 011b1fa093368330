import type { Groups } from './union-find.ts'

/**
 * Which groups must not become one, asked in no time however many pairs keep them apart: whoever joins two groups joins
 * them here, and the foes of both are those of the one.
 */
export class Foes {
  readonly #groups: Groups
  /** By the root of each group, roots. */
  readonly #of = new Map<string, Set<string>>()

  constructor(groups: Groups) {
    this.#groups = groups
  }

  /** The groups of these two are not one, and will not be. */
  add(a: string, b: string): void {
    const [x, y] = [this.#groups.rootOf(a), this.#groups.rootOf(b)]
    this.#foesOf(x).add(y)
    this.#foesOf(y).add(x)
  }

  has(a: string, b: string): boolean {
    return this.#of.get(this.#groups.rootOf(a))?.has(this.#groups.rootOf(b)) ?? false
  }

  union(a: string, b: string): void {
    const before = [this.#groups.rootOf(a), this.#groups.rootOf(b)]
    this.#groups.union(a, b)
    const root = this.#groups.rootOf(a)
    for (const gone of before) {
      if (gone === root) continue
      for (const foe of this.#of.get(gone) ?? []) {
        this.#of.get(foe)?.delete(gone)
        this.#foesOf(foe).add(root)
        this.#foesOf(root).add(foe)
      }
      this.#of.delete(gone)
    }
  }

  #foesOf(root: string): Set<string> {
    const known = this.#of.get(root) ?? new Set<string>()
    this.#of.set(root, known)
    return known
  }
}

/** Groups that only grow; the members of each are listed. */
export class Groups {
  readonly #members: Map<string, readonly string[]>
  readonly #root: Map<string, string>

  constructor(ids: readonly string[]) {
    this.#members = new Map(ids.map((id) => [id, [id]]))
    this.#root = new Map(ids.map((id) => [id, id]))
  }

  has(id: string): boolean {
    return this.#root.has(id)
  }

  rootOf(id: string): string {
    return this.#root.get(id) ?? id
  }

  membersOf(id: string): readonly string[] {
    return this.#members.get(this.rootOf(id)) ?? []
  }

  union(a: string, b: string): void {
    const [small, large] =
      this.membersOf(a).length < this.membersOf(b).length
        ? [this.rootOf(a), this.rootOf(b)]
        : [this.rootOf(b), this.rootOf(a)]
    if (small === large) return
    for (const id of this.membersOf(small)) this.#root.set(id, large)
    this.#members.set(large, [...(this.#members.get(large) ?? []), ...(this.#members.get(small) ?? [])])
    this.#members.delete(small)
  }

  all(): readonly (readonly string[])[] {
    return [...this.#members.values()]
  }
}

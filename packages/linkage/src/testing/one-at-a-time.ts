import type { Constraint, LinkageRecord, WorkState } from '../types.ts'
import { clusterWorks } from '../works/cluster.ts'
import { indexKeysFor } from '../works/fingerprints.ts'
import { prepareRecord } from '../works/prepare.ts'
import { isAccepted, verdictOf } from '../works/verdict.ts'

/**
 * Works as the matcher keeps them: an index of keys, and for each arrival the records that a rule links to it, the works of all
 * of these and what a guard holds apart from them.
 */
export class OneAtATime {
  readonly #records = new Map<string, LinkageRecord>()
  readonly #standing = new Map<string, Set<string>>()
  readonly #works = new Map<string, WorkState>()
  readonly #workOf = new Map<string, string>()
  readonly #constraints: readonly Constraint[]

  constructor(constraints: readonly Constraint[] = []) {
    this.#constraints = constraints
  }

  /** A new record, or the next version of one. */
  add(record: LinkageRecord): void {
    const before = this.#records.get(record.recordId)
    if (before) for (const key of indexKeysFor(before).stored) this.#standing.get(key)?.delete(record.recordId)
    this.#records.set(record.recordId, record)
    const { stored, sought } = indexKeysFor(record)
    for (const key of stored) this.#standing.set(key, (this.#standing.get(key) ?? new Set()).add(record.recordId))
    const around = this.#closed([record.recordId, ...this.#linkedTo(record, sought)])
    const records = around.flatMap((id) => this.#records.get(id) ?? []).filter(isLive)
    for (const id of around) {
      const workId = this.#workOf.get(id)
      if (workId !== undefined) this.#works.delete(workId)
      this.#workOf.delete(id)
    }
    for (const work of clusterWorks({ records, constraints: this.#constraints })) {
      this.#works.set(work.workId, work)
      for (const { recordId } of work.members) this.#workOf.set(recordId, work.workId)
    }
  }

  works(): readonly WorkState[] {
    return [...this.#works.values()].toSorted((a, b) => (a.workId < b.workId ? -1 : 1))
  }

  /** What all of them at once are. */
  inOneBatch(): readonly WorkState[] {
    return clusterWorks({ records: [...this.#records.values()].filter(isLive), constraints: this.#constraints })
  }

  #linkedTo(record: LinkageRecord, sought: readonly string[]): readonly string[] {
    const prepared = prepareRecord(record)
    const others = new Set(sought.flatMap((key) => [...(this.#standing.get(key) ?? [])]))
    others.delete(record.recordId)
    return [...others].filter((id) => {
      const other = this.#records.get(id)
      return other !== undefined && isAccepted(verdictOf(prepared, prepareRecord(other)))
    })
  }

  #closed(start: readonly string[]): readonly string[] {
    const around = new Set(start)
    // A set shows what is added while it is walked.
    for (const id of around) {
      const work = this.#works.get(this.#workOf.get(id) ?? '')
      for (const member of work?.members ?? []) around.add(member.recordId)
      for (const other of work?.heldApart ?? []) around.add(other)
      for (const { recordA, recordB } of this.#constraints)
        if (recordA === id || recordB === id) around.add(recordA).add(recordB)
    }
    return [...around]
  }
}

function isLive({ deleted, suppressed }: LinkageRecord): boolean {
  return !deleted && !suppressed
}

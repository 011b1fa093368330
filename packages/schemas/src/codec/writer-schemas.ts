import { SchemaNotYetKnownError } from '../registry/errors.ts'
import type { SchemaLookup } from '../registry/registry.ts'
import { describeAnswer } from './describe-answer.ts'
import type { KnownSchemas } from './known-schemas.ts'
import { backOffMs, type CodecClock, type Settings } from './options.ts'
import type { Resolution } from './resolution.ts'

/** Since when an id is asked for in vain, and when the registry last said so after the budget was spent. */
interface Absence {
  readonly since: number
  refusedAt: number | undefined
}

/**
 * Finds the schema that wrote a message. Asks once for many messages of one id, keeps the answer for ever, gives an
 * unknown id its budget once, and then asks no more than once in `negativeCacheMs`: a poison id is no request storm.
 */
export class WriterSchemas {
  readonly #lookup: SchemaLookup
  readonly #known: KnownSchemas
  readonly #clock: CodecClock
  readonly #settings: Settings
  readonly #unsupported = new Map<number, Resolution>()
  readonly #absences = new Map<number, Absence>()
  readonly #asking = new Map<number, Promise<Resolution>>()

  constructor(lookup: SchemaLookup, known: KnownSchemas, clock: CodecClock, settings: Settings) {
    this.#lookup = lookup
    this.#known = known
    this.#clock = clock
    this.#settings = settings
  }

  /** Throws `RegistryUnavailableError` while nobody can say, `SchemaNotYetKnownError` while the id has budget left. */
  async resolve(id: number, subject: string): Promise<Resolution> {
    // No registry gives out such an id, so there is nothing to wait for.
    if (id <= 0) return { type: 'unknown' }
    const entry = this.#known.find(id)
    if (entry !== undefined) return { type: 'schema', entry }
    const settled = this.#unsupported.get(id) ?? this.#refusal(id)
    if (settled !== undefined) return settled
    const asking = this.#asking.get(id) ?? this.#ask(id, subject).finally(() => this.#asking.delete(id))
    this.#asking.set(id, asking)
    return asking
  }

  #refusal(id: number): Resolution | undefined {
    const refusedAt = this.#absences.get(id)?.refusedAt
    if (refusedAt === undefined) return undefined
    return this.#clock.monotonic() - refusedAt < this.#settings.negativeCacheMs ? { type: 'unknown' } : undefined
  }

  async #ask(id: number, subject: string): Promise<Resolution> {
    const { waitPerDecodeMs, unknownIdBudgetMs, signal } = this.#settings
    const startedAt = this.#clock.monotonic()
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#lookup.findSchema(id)
      if (answer !== undefined) return this.#learn(id, await describeAnswer(this.#lookup, id, answer, subject))
      const now = this.#clock.monotonic()
      const absence = this.#absences.get(id) ?? { since: now, refusedAt: undefined }
      this.#absences.set(id, absence)
      const left = absence.since + unknownIdBudgetMs - now
      if (left <= 0) return this.#refuse(id, absence, now)
      const waited = now - startedAt
      if (waited >= waitPerDecodeMs) throw new SchemaNotYetKnownError(`registry does not know schema id ${id} yet`)
      await this.#clock.sleep(Math.min(backOffMs(attempt), left, waitPerDecodeMs - waited), signal)
    }
  }

  #refuse(id: number, absence: Absence, now: number): Resolution {
    absence.refusedAt = now
    this.#settings.onEvent({ event: 'schema-unknown', id, waitedMs: Math.round(now - absence.since) })
    return { type: 'unknown' }
  }

  async #learn(id: number, resolution: Resolution): Promise<Resolution> {
    if (resolution.type === 'schema') {
      await this.#known.learn(resolution.entry)
      this.#settings.onEvent({ event: 'schema-learned', id, subject: resolution.entry.subject })
    } else this.#unsupported.set(id, resolution)
    this.#absences.delete(id)
    return resolution
  }
}

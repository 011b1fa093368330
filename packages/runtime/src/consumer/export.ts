import type { CurrentState, Fact, SnapshotSource } from './contract.ts'

/** One object of an owner's export: the message that would be in the log. `value` is base64, for JSON. */
export interface ExportedMessage {
  readonly key: string
  readonly eventId: string
  /** The header `revision`. */
  readonly revision: number
  readonly type: string
  readonly value: string
}

/** `next` is undefined on the last page. */
export interface ExportPage {
  readonly messages: readonly ExportedMessage[]
  readonly next: string | undefined
}

/** All objects of one topic, page after page: what `/internal/export/<topic>` answers. */
export type Exporter = (after: string | undefined, limit: number) => Promise<ExportPage>

/** Ids of all objects of a snapshot topic after this one, in the order of ids. */
export type ListObjects = (after: string | undefined, limit: number) => Promise<readonly string[]>

/** Facts above this number, in the order of their numbers, from the first one on. */
export type ListFacts = (afterFactNo: number, limit: number) => Promise<readonly Omit<Fact, 'kind' | 'topic'>[]>

/** The states of all objects, through the source the relay uses. */
export function exportSnapshots(list: ListObjects, source: SnapshotSource): Exporter {
  return async (after, limit) => {
    const ids = await list(after, limit)
    const states = new Map((await source(ids)).map((state) => [state.objectId, state]))
    return {
      messages: ids.flatMap((id) => {
        const state = states.get(id)
        return state ? [exported(state, state.revision)] : []
      }),
      next: ids.length < limit ? undefined : ids.at(-1),
    }
  }
}

/** All facts, in the order of their numbers. */
export function exportFacts(list: ListFacts): Exporter {
  return async (after, limit) => {
    const facts = await list(after === undefined ? 0 : Number(after), limit)
    return {
      messages: facts.map((fact) => exported(fact, fact.seq)),
      next: facts.length < limit ? undefined : String(facts.at(-1)?.factNo),
    }
  }
}

function exported(
  { key, eventId, type, value }: Pick<CurrentState, 'key' | 'eventId' | 'type' | 'value'>,
  revision: number,
): ExportedMessage {
  return { key, eventId, revision, type, value: value.toString('base64') }
}

import type { Database, Handler, Outcome, RawMessage } from '@atlas/runtime'
import type { MessageTypes } from '@atlas/schemas'
import type { ReadTopic } from '../consumers.ts'
import {
  projectActs,
  projectAuthorships,
  projectCandidates,
  projectProfiles,
  projectWorks,
} from '../handlers/project.ts'

const RAW: RawMessage = {
  topic: '',
  partition: 0,
  offset: 0n,
  key: '',
  value: null,
  headers: new Map(),
  timestampMs: 0,
}

/** A message of one of the five topics, whichever. */
export type AnyMessage = {
  readonly [T in ReadTopic]: { readonly topic: T; readonly value: MessageTypes[T] }
}[ReadTopic]

/** Hands messages of one topic to its handler, in one transaction. */
export function receive<T>(database: Database, handler: Handler<T>, values: readonly T[]): Promise<readonly Outcome[]> {
  return database.transaction((tx) =>
    handler(
      tx,
      values.map((value) => ({ value, raw: RAW })),
    ),
  )
}

/** Hands over messages in this order; neighbours of one topic come as one batch. */
export async function project(database: Database, ...messages: readonly AnyMessage[]): Promise<void> {
  let from = 0
  while (from < messages.length) {
    const topic = messages[from]?.topic
    const to = messages.findIndex((message, index) => index > from && message.topic !== topic)
    await projectBatch(database, messages.slice(from, to === -1 ? undefined : to))
    from = to === -1 ? messages.length : to
  }
}

async function projectBatch(database: Database, batch: readonly AnyMessage[]): Promise<void> {
  const of = <T extends ReadTopic>(topic: T) =>
    batch.flatMap((message) => (message.topic === topic ? [message.value as MessageTypes[T]] : []))
  switch (batch[0]?.topic) {
    case 'works':
      return void (await receive(database, projectWorks, of('works')))
    case 'profiles':
      return void (await receive(database, projectProfiles, of('profiles')))
    case 'candidates':
      return void (await receive(database, projectCandidates, of('candidates')))
    case 'acts':
      return void (await receive(database, projectActs, of('acts')))
    case 'authorships':
      return void (await receive(database, projectAuthorships, of('authorships')))
  }
}

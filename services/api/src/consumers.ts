import { type DefinedConsumer, defineConsumer, type Handler } from '@atlas/runtime'
import { type Codec, type MessageTypes, TOPICS, type TopicName } from '@atlas/schemas'
import {
  projectActs,
  projectAuthorships,
  projectCandidates,
  projectProfiles,
  projectWorks,
} from './handlers/project.ts'

/** The topics of the read model and what each does to it. */
export function projections(codec: Codec): readonly DefinedConsumer[] {
  const consumer = <T extends Exclude<TopicName, 'records'>>(
    topic: T,
    handle: Handler<MessageTypes[T]>,
    describe: (value: MessageTypes[T]) => { eventId: string; key: string; revision: number },
  ) =>
    defineConsumer<MessageTypes[T]>({
      topic,
      handle,
      describe,
      decode: (raw) => codec.decode(topic, raw.value),
      maxChunk: 500,
    })
  return [
    consumer('works', projectWorks, (work) => ({ eventId: work.eventId, key: work.workId, revision: work.revision })),
    consumer('candidates', projectCandidates, (c) => ({ eventId: c.eventId, key: c.profileId, revision: c.revision })),
    consumer('profiles', projectProfiles, (p) => ({ eventId: p.eventId, key: p.profileId, revision: p.revision })),
    consumer('acts', projectActs, (act) => ({ eventId: act.eventId, key: act.profileId, revision: act.seq })),
    consumer('authorships', projectAuthorships, (a) => ({
      eventId: a.eventId,
      key: a.profileId,
      revision: a.revision,
    })),
  ]
}

export const READ_TOPICS = {
  works: TOPICS.works,
  candidates: TOPICS.candidates,
  profiles: TOPICS.profiles,
  acts: TOPICS.acts,
  authorships: TOPICS.authorships,
} as const

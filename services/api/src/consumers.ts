import { type ConsumerSpec, type DefinedConsumer, defineConsumer, type Handler } from '@atlas/runtime'
import { type Codec, type MessageTypes, TOPICS, type TopicName } from '@atlas/schemas'
import {
  projectActs,
  projectAuthorships,
  projectCandidates,
  projectProfiles,
  projectWorks,
} from './handlers/project.ts'

/** What the read model is made of, in the order in which a rebuild loads it. */
export const READ_TOPICS = ['works', 'profiles', 'candidates', 'acts', 'authorships'] as const satisfies TopicName[]
export type ReadTopic = (typeof READ_TOPICS)[number]

/** The topics of the read model and what each does to it. */
export function projections(codec: Codec): Readonly<Record<ReadTopic, DefinedConsumer>> {
  return {
    works: reads(codec, 'works', projectWorks, ({ workId, revision }) => ({ key: workId, revision })),
    profiles: reads(codec, 'profiles', projectProfiles, ({ profileId, revision }) => ({ key: profileId, revision })),
    candidates: reads(codec, 'candidates', projectCandidates, ({ profileId, revision }) => ({
      key: profileId,
      revision,
    })),
    acts: reads(codec, 'acts', projectActs, ({ profileId, seq }) => ({ key: profileId, revision: seq })),
    authorships: reads(codec, 'authorships', projectAuthorships, ({ profileId, revision }) => ({
      key: profileId,
      revision,
    })),
  }
}

/** The rows of the table of topics that this service reads. */
export const TOPICS_READ = Object.fromEntries(READ_TOPICS.map((topic) => [topic, TOPICS[topic]]))

function reads<T extends ReadTopic>(
  codec: Codec,
  topic: T,
  handle: Handler<MessageTypes[T]>,
  describe: (value: MessageTypes[T]) => { readonly key: string; readonly revision: number },
): DefinedConsumer {
  const spec: ConsumerSpec<MessageTypes[T]> = {
    topic,
    handle,
    describe: (value) => ({ eventId: value.eventId, ...describe(value) }),
    decode: (raw) => codec.decode(topic, raw.value),
    // 500: works with bylines of thousands take 1 s of the 2 s a chunk may take.
    maxChunk: 500,
  }
  return defineConsumer(spec)
}

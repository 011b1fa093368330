import { actsSchema } from '../generated/acts.ts'
import { authorshipsSchema } from '../generated/authorships.ts'
import { candidatesSchema } from '../generated/candidates.ts'
import { profilesSchema } from '../generated/profiles.ts'
import { recordsSchema } from '../generated/records.ts'
import { worksSchema } from '../generated/works.ts'
import type { TopicName } from '../topics.ts'

/** The schema of each topic as this build writes and reads it. */
export const SCHEMAS: Readonly<Record<TopicName, string>> = {
  records: recordsSchema,
  works: worksSchema,
  candidates: candidatesSchema,
  profiles: profilesSchema,
  acts: actsSchema,
  authorships: authorshipsSchema,
}

export { createCodec } from './codec/create-codec.ts'
export type { CodecClock, CodecEvent, CodecOptions } from './codec/options.ts'
export type { Codec, Decoded, DecodeErrorCode, MessageTypes, SchemaCache } from './codec.ts'
export { checkCompatibility, type RegistryAddress, type SubjectReport } from './evolution/check-compatibility.ts'
export { compareSchemas } from './evolution/compare-schemas.ts'
export { lintSchema } from './evolution/lint-schema.ts'
export { type PushedSubject, pushSchemas } from './evolution/push-schemas.ts'
export type { Act, ActAbout, ActMention } from './generated/acts.ts'
export type { Authorship, AuthorshipContribution } from './generated/authorships.ts'
export type { Candidate, CandidateMention, CandidateReason } from './generated/candidates.ts'
export type { Profile, ProfileAffiliation, ProfileIdentity, ProfilePersonalName } from './generated/profiles.ts'
export type {
  Record as RecordSnapshot,
  RecordAffiliation,
  RecordAuthor,
  RecordFingerprints,
  RecordIdentifier,
  RecordOrganisationIdentifier,
  RecordPartialDate,
  RecordPersonIdentifier,
  RecordSubject,
  RecordTitle,
  RecordVenue,
  RecordWarning,
} from './generated/records.ts'
export type {
  Work,
  WorkFieldSource,
  WorkIdentifier,
  WorkMember,
  WorkMention,
  WorkPartialDate,
  WorkSlot,
  WorkSubject,
  WorkVenue,
} from './generated/works.ts'
export { IncompatibleSchemaError, RegistryUnavailableError, SchemaIdChangedError } from './registry/errors.ts'
export { subjectOf, TOPIC_NAMES, TOPICS, type Topic, type TopicName } from './topics.ts'
export { EncodeError } from './wire/body-writer.ts'

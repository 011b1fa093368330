export type { ActAbout, ActMention, Act } from './generated/acts.ts'
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
export type { Codec, Decoded, DecodeErrorCode, MessageTypes, SchemaCache } from './codec.ts'
export { TOPIC_NAMES, TOPICS, type Topic, type TopicName, subjectOf } from './topics.ts'

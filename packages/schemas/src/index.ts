export { createCodec } from './codec/create-codec.ts'
export type { CodecClock, CodecEvent, CodecOptions } from './codec/options.ts'
export type { Allocate, Codec, Decoded, DecodeErrorCode, MessageTypes, SchemaCache } from './codec.ts'
export { checkCompatibility, type RegistryAddress, type SubjectReport } from './evolution/check-compatibility.ts'
export { compareSchemas } from './evolution/compare-schemas.ts'
export { lintSchema } from './evolution/lint-schema.ts'
export { type PushedSubject, pushSchemas } from './evolution/push-schemas.ts'
export { type Act, type ActAbout, type ActMention, actAboutDefaults, actDefaults } from './generated/acts.ts'
export {
  type Authorship,
  type AuthorshipContribution,
  authorshipContributionDefaults,
  authorshipDefaults,
} from './generated/authorships.ts'
export {
  type Candidate,
  type CandidateMention,
  type CandidateReason,
  candidateDefaults,
} from './generated/candidates.ts'
export {
  type Profile,
  type ProfileAffiliation,
  type ProfileIdentity,
  type ProfilePersonalName,
  profileDefaults,
} from './generated/profiles.ts'
export {
  type Record as RecordSnapshot,
  type RecordAffiliation,
  type RecordAuthor,
  type RecordDatedEvent,
  type RecordFingerprints,
  type RecordFunder,
  type RecordIdentifier,
  type RecordOpenAccessLocation,
  type RecordOrganisation,
  type RecordOrganisationIdentifier,
  type RecordOrganisationName,
  type RecordPartialDate,
  type RecordPerson,
  type RecordPersonAffiliation,
  type RecordPersonIdentifier,
  type RecordPersonName,
  type RecordReference,
  type RecordSubject,
  type RecordTitle,
  type RecordVenue,
  type RecordWarning,
  recordAffiliationDefaults,
  recordAuthorDefaults,
  recordDefaults,
  recordFingerprintsDefaults,
  recordFunderDefaults,
  recordOpenAccessLocationDefaults,
  recordOrganisationDefaults,
  recordPersonAffiliationDefaults,
  recordPersonDefaults,
  recordReferenceDefaults,
  recordVenueDefaults,
} from './generated/records.ts'
export {
  type Work,
  type WorkCitedWork,
  type WorkCitingWork,
  type WorkEnrichment,
  type WorkFieldSource,
  type WorkFunder,
  type WorkFunderIdentifier,
  type WorkIdentifier,
  type WorkMember,
  type WorkMention,
  type WorkOpenAccessLocation,
  type WorkPartialDate,
  type WorkSlot,
  type WorkSubject,
  type WorkVenue,
  workDefaults,
  workMemberDefaults,
  workMentionDefaults,
  workSlotDefaults,
} from './generated/works.ts'
export { IncompatibleSchemaError, RegistryUnavailableError, SchemaIdChangedError } from './registry/errors.ts'
export { subjectOf, TOPIC_NAMES, TOPICS, type Topic, type TopicName } from './topics.ts'
export { EncodeError } from './wire/body-writer.ts'

import type { Act } from './generated/acts.ts'
import type { Authorship } from './generated/authorships.ts'
import type { Candidate } from './generated/candidates.ts'
import type { Profile } from './generated/profiles.ts'
import type { Record as RecordSnapshot } from './generated/records.ts'
import type { Work } from './generated/works.ts'
import type { TopicName } from './topics.ts'

/** What the value of each topic is. */
export interface MessageTypes {
  readonly records: RecordSnapshot
  readonly works: Work
  readonly candidates: Candidate
  readonly profiles: Profile
  readonly acts: Act
  readonly authorships: Authorship
}

export type DecodeErrorCode =
  | 'null_value'
  | 'frame_too_short'
  | 'bad_magic'
  | 'schema_unknown'
  | 'schema_not_for_topic'
  | 'schema_type_unsupported'
  | 'avro_decode'
  | 'avro_too_large'
  | 'forbidden_key'
  | 'invalid_utf8'
  | 'forbidden_character'
  | 'too_deep'
  | 'number_out_of_range'
  | 'invalid_date'

/** A message that cannot be read is a value: the loop quarantines it. What a later try may cure is thrown. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: DecodeErrorCode; readonly detail: string }

/** Where a service keeps schema ids for ever (its table `schema_cache`): ids are immutable. */
export interface SchemaCache {
  load(): Promise<readonly { readonly id: number; readonly subject: string; readonly schema: string }[]>
  save(entry: { readonly id: number; readonly subject: string; readonly schema: string }): Promise<void>
}

/** Gives room for so many bytes, which are written over. */
export type Allocate = (bytes: number) => Buffer

/** Avro in the Confluent wire format: magic 0, four bytes of schema id, the value. */
export interface Codec {
  /**
   * Framed bytes of a value, in a buffer of their own or in what `allocate` gives for so many bytes; throws when the value does
   * not fit its schema (a defect of the caller).
   */
  encode<T extends TopicName>(topic: T, value: MessageTypes[T], allocate?: Allocate): Buffer
  /** Throws `RegistryUnavailableError` while an id cannot be looked up; never for what the bytes are. */
  decode<T extends TopicName>(topic: T, value: Buffer | null): Promise<Decoded<MessageTypes[T]>>
}

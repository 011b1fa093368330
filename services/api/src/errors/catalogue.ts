/** Where a code is met when it is no answer: on a pushed or imported record, a file, a message, a partition, the chain. */
export type Place = 'record' | 'file' | 'message' | 'partition' | 'chain'

export interface ErrorEntry {
  /** Statuses of answers that carry it, and other places where it stands. */
  readonly at: readonly (number | Place)[]
  readonly meaning: string
  readonly remedy: string
}

const entry = (at: ErrorEntry['at'], meaning: string, remedy: string): ErrorEntry => ({ at, meaning, remedy })

const AGAIN = 'Ask again, after the seconds of `Retry-After` where it is given.'
const REPACK = 'Pack it again without it; the other files of the archive were read.'
const SOURCE = 'The source has to correct the record; every other record of the request was kept.'
const OPERATOR = '`./atlas quarantine show` it; correct its producer, then replay or discard it.'
const HOLDS = 'Find out what happened to the topic; `./atlas consumer accept` is the recorded way on.'
const AUDIT = 'Somebody changed what must not change: compare with the last checkpoint, backups and receipts.'

/** Every code a client or an operator may meet: what happened, and what to do about it. Codes are stable; details are not. */
export const ERRORS: Readonly<Record<string, ErrorEntry>> = {
  // Requests, to any service.
  bad_request: entry(
    [400, 408, 413, 431],
    'The request is not valid HTTP, came too slowly, or has too many headers.',
    'Mend the client; headers have 16 KiB.',
  ),
  bad_url_encoding: entry([400], 'The path is not valid percent-encoded UTF-8.', 'Encode it again.'),
  method_not_allowed: entry([405], 'The path is there, and not for this method.', 'Use one of the methods in `Allow`.'),
  not_found: entry(
    [404],
    'It is not there, or it is not yours: the answer is the same.',
    'Look the id up in a list of yours.',
  ),
  not_acceptable: entry([406], 'Answers are `application/json`.', 'Send an `Accept` that takes it.'),
  unsupported_media_type: entry(
    [415],
    'The body has another type than the route takes.',
    'JSON routes take `application/json`, pushes `application/x-ndjson`.',
  ),
  encoding_unsupported: entry(
    [415, 'file'],
    'The body or file is compressed or encoded in a way that is not read here.',
    'JSON bodies come plain; pushes plain, gzip or zstd; files in UTF-8.',
  ),
  body_required: entry([400], 'The body is missing.', 'Send a JSON object.'),
  body_too_large: entry(
    [413],
    'The body is longer than this route or key takes.',
    'Send less at once: `detail` names the limit.',
  ),
  internal_error: entry([500], 'Something is wrong with us.', 'Tell an operator the `requestId`.'),
  database_unavailable: entry([503], 'Our database does not answer.', AGAIN),
  overloaded: entry([503], 'More waits to be published than is good.', AGAIN),
  storage_full: entry([503], 'Our disk is full.', 'Tell an operator; nothing was half kept.'),

  // What is in a body, a query or a record.
  invalid_json: entry(
    [400, 'record', 'file'],
    'It is not JSON; `detail` says where it stops being so.',
    'Mend it there.',
  ),
  invalid_utf8: entry([400, 'record', 'file', 'message'], 'Bytes that are not UTF-8.', 'Encode the text as UTF-8.'),
  not_an_object: entry([400, 'record'], 'JSON, but not one object.', 'Send one object; in a push, one a line.'),
  duplicate_key: entry(
    [400, 'record'],
    'A key stands twice in one object, and which is meant cannot be known.',
    'Send it once.',
  ),
  forbidden_key: entry(
    [400, 'record', 'message'],
    'A key such as `__proto__` that no honest object has.',
    'Leave it out.',
  ),
  forbidden_character: entry(
    [400, 'record', 'message'],
    'The character U+0000, which cannot be kept.',
    'Leave it out.',
  ),
  lone_surrogate: entry([400, 'record'], 'Half of a surrogate pair is no character.', 'Send whole characters.'),
  number_out_of_range: entry(
    [400, 'message'],
    'A number too large to be kept exactly.',
    'Send a smaller one, or text.',
  ),
  number_not_exact: entry(['record'], 'A number that cannot be kept exactly.', 'Send it as text.'),
  too_deep: entry([400, 'record', 'message'], 'Nested more than 64 levels deep.', 'Send it flatter.'),
  too_many_keys: entry(['record'], 'An object with more than 5,000 keys.', SOURCE),
  unknown_field: entry(
    [400, 'record'],
    'A field that is not known here; what identifies you comes from the session only.',
    'Leave it out; `pointer` names it.',
  ),
  missing_field: entry([400, 'record'], 'A field that must be there is not.', 'Add it; `pointer` names it.'),
  invalid_field: entry(
    [400, 'record'],
    'A field whose value cannot be.',
    '`pointer` names it, `detail` says what is wanted.',
  ),
  invalid_enum: entry(
    [400, 'record'],
    'A word that is not one of the known ones.',
    'Take one of those that `detail` lists.',
  ),
  field_too_long: entry([400, 'record'], 'A text longer than it may be.', '`detail` names the limit.'),
  too_many_items: entry([400, 'record'], 'A list longer than it may be.', '`detail` names the limit.'),
  repeated_item: entry([400], 'The same thing stands twice in one request.', 'Send it once.'),
  invalid_id: entry(
    [400],
    "It is not a UUID (or, of an operator's item, not a number).",
    'Take the id from an answer as it stands.',
  ),
  invalid_url: entry(
    [400],
    'Not an address a person may follow: https, without credentials, not private.',
    'Give another one, or none.',
  ),
  unknown_parameter: entry(
    [400],
    'A parameter this route does not have; `detail` may name the one that was meant.',
    'Leave it out.',
  ),
  invalid_parameter: entry([400], 'A parameter whose value cannot be.', '`detail` says what is wanted.'),
  repeated_parameter: entry([400], 'A parameter that stands once only stood more often.', 'Send it once.'),
  too_many_parameters: entry([400], 'More than 50 parameters.', 'Send fewer.'),
  invalid_cursor: entry([400], 'The cursor belongs to another list, filter or person.', 'Begin with the first page.'),
  invalid_date: entry([400, 'message'], 'Not a moment with a zone, such as `2026-01-31T08:30:00Z`.', 'Send one.'),
  date_in_future: entry([400], '`Fetched-At` lies in the future.', 'Set the clock of the sender.'),

  // Who asks.
  login_required: entry([401], 'No session came with the request.', 'Sign in.'),
  session_invalid: entry([401], 'The session cookie is none of ours.', 'Sign in again.'),
  session_expired: entry([401], 'The session has ended: 30 minutes idle, 12 hours, or signed out.', 'Sign in again.'),
  ambiguous_cookie: entry(
    [400],
    'The session cookie came twice with different values.',
    'Delete the cookies of this site.',
  ),
  session_store_unavailable: entry([503], 'Sessions cannot be read now.', AGAIN),
  cross_origin_refused: entry([403], 'A browser sent this from another site.', 'Send it from the site itself.'),
  misdirected_request: entry([421], 'The host asked for is not this one.', 'Use the address the operator gave.'),
  forbidden: entry([403], 'This is for operators, managers or curators.', 'Ask one of them.'),
  service_credential_required: entry(
    [401],
    "An internal route was called without a service's credential.",
    'People use the gateway.',
  ),
  service_credential_invalid: entry(
    [401],
    'The credential is not known to this service.',
    'Compare `SERVICE_SECRET` with `SERVICE_CREDENTIALS`.',
  ),
  principal_required: entry([401], 'A command does not say for whom it is done.', 'Commands come through the gateway.'),
  principal_invalid: entry(
    [401],
    'The principal is not signed by the gateway.',
    'Compare `PRINCIPAL_PRIVATE_KEY` with `PRINCIPAL_PUBLIC_KEYS`.',
  ),
  principal_expired: entry([401], 'The principal was signed too long ago.', 'Ask again; compare the clocks.'),

  // Decisions.
  idempotency_key_required: entry(
    [400],
    'A decision or ruling needs the header `Idempotency-Key`.',
    'Send a new UUID for each.',
  ),
  idempotency_key_invalid: entry([400], 'The key is not one value of at most 64 ASCII characters.', 'Send a UUID.'),
  idempotency_key_reused: entry(
    [422],
    'This key was used for another request (of a push: this `Batch-Id` for another body).',
    'Take a new one.',
  ),
  idempotency_in_progress: entry([409], 'A request with this key is being worked on.', AGAIN),
  precondition_required: entry(
    [428],
    'A decision must name the version of the question that was shown, a ruling the revision of the work.',
    'Send `version` or `revision`, or `If-Match` with the ETag.',
  ),
  invalid_precondition: entry(
    [400],
    '`If-Match` is not one strong ETag, or says something else than the body.',
    'Send the ETag as it came.',
  ),
  version_conflict: entry(
    [409, 412, 'message'],
    'The question was decided since it was shown; `current` says how it stands. (412: the version came as `If-Match`.)',
    'Show it again, and let the person decide.',
  ),
  evidence_changed: entry(
    [409],
    'What identifies the author changed since the revision that was shown; the difference is in the answer.',
    'Show it again, and let the person decide.',
  ),
  revision_ahead: entry([409], 'The revision named is newer than the owner has.', AGAIN),
  slot_taken: entry([409], 'Somebody else has confirmed to be this author.', 'Tell a curator, when it is you.'),
  invalid_transition: entry(
    [409],
    'The question cannot go that way; `detail` names where it stands and what is possible.',
    'Show it again.',
  ),

  // Rulings on works.
  same_work: entry([422], 'A work cannot be merged into itself.', 'Name two works.'),
  work_merged: entry(
    [409],
    'The work is part of another one already, which `survivor` names.',
    'Look at that one: perhaps nothing is left to do.',
  ),
  merge_cycle: entry(
    [409],
    'The target was merged into this work, by itself or by way of others: the circle would close.',
    'Nothing: `survivor` names the one work. To change roles, withdraw the ruling that gave them.',
  ),
  work_changed: entry(
    [409, 412],
    'The work changed since it was shown; `current` names its revision. (412: the revision came as `If-Match`.)',
    'Show it again, and let the curator rule.',
  ),
  not_a_member: entry([422], 'A record to be cut is not in the work; `recordIds` names it.', 'Look at the work again.'),
  nothing_to_cut_from: entry([422], 'A cut must leave a record in the work.', 'Name fewer records.'),
  too_many_pairs: entry([422], 'A cut separates at most 10,000 pairs of records.', 'Cut fewer records at once.'),
  already_withdrawn: entry([409], 'The ruling was withdrawn, or is a withdrawal.', 'Rule anew.'),

  // Rules for works, tried before they are switched on.
  invalid_rules: entry(
    [400],
    'The rule set says nothing that the rules of this build can follow.',
    'Mend what `detail` names.',
  ),
  shadow_running: entry([409], 'Other rules are being tried already.', 'Wait for that run, or cancel it.'),
  shadow_not_done: entry(
    [409],
    'The last trial of rules has not ended, or was cancelled or switched on.',
    'Run one to its end.',
  ),
  shadow_not_running: entry([409], 'The last trial of rules was cancelled or switched on already.', 'Nothing.'),
  rules_changed: entry([409], 'The trial was made against rules that are in use no more.', 'Run it again.'),

  // Profiles.
  invalid_orcid: entry([400], 'Not an ORCID iD: its check digit is wrong.', 'Copy it from orcid.org.'),
  identity_taken: entry(
    [409],
    'Somebody else has proved that this identity is his.',
    'Tell a curator, when it is yours.',
  ),
  identity_exists: entry([409], 'The profile has this identity already.', 'Nothing: it is there.'),
  primary_identity: entry([409], 'The primary identity cannot be removed.', 'Make another one primary first.'),
  too_many_identities: entry([422], 'A profile has at most 500 identities.', 'Remove some.'),
  profile_merged: entry([409], 'The profile was merged into another one.', 'Use that one.'),
  erased: entry([410], 'The profile was erased, and is never made again.', 'Make another one.'),

  // The gateway and what is behind it.
  read_model_rebuilding: entry([503], 'What can be read is made anew; decisions are taken meanwhile.', AGAIN),
  upstream_unavailable: entry(
    [503],
    'The service that owns the data does not answer.',
    'Ask again with the same `Idempotency-Key`: perhaps it was done.',
  ),
  upstream_timeout: entry(
    [504],
    'The service that owns the data did not answer in time.',
    'Ask again with the same `Idempotency-Key`: perhaps it was done.',
  ),
  upstream_error: entry(
    [502],
    'The service that owns the data answered something we cannot pass on.',
    'Ask again with the same `Idempotency-Key`; then tell an operator.',
  ),

  // Pushes.
  missing_api_key: entry([401], 'No push key.', 'Send `Authorization: Bearer avk_…`.'),
  malformed_api_key: entry([401], 'Not one key of ours.', 'Send it as it was made.'),
  invalid_api_key: entry(
    [401],
    'The key opens nothing: unknown, revoked or expired.',
    'Ask an operator for a new one.',
  ),
  api_key_in_url: entry(
    [400],
    'A key stood in the address, where logs can see it.',
    'Send it as a header; ask for a new one.',
  ),
  source_not_allowed: entry([403], 'The key is not for this source.', 'Use the key of this source.'),
  unknown_source: entry(
    [404, 422, 'file'],
    'There is no such source, or nothing says which source a file is of.',
    "Take one that `detail` lists; name a file's with `--source`.",
  ),
  too_many_active_keys: entry([409], 'The source has as many active keys as it may have.', 'Revoke one.'),
  key_not_active: entry([409], 'The key was revoked or has expired.', 'Create a new one.'),
  rate_limited: entry(
    [429],
    'The key has sent as many requests as it may in a minute.',
    'Send again after the seconds of `Retry-After`; `RateLimit` says in every answer what is left.',
  ),
  quota_exceeded: entry(
    [429],
    'The key has sent as many new records or bytes as it may in a day of UTC.',
    'Go on behind `lastLine` after the seconds of `Retry-After`, or ask an operator for more.',
  ),
  https_required: entry([403], 'The key could be read on its way.', 'Use https.'),
  wrong_host: entry([421], 'The host asked for is not this one.', 'Use the address the operator gave.'),
  bad_host: entry([400], 'Not exactly one `Host`.', 'Send one.'),
  bad_target: entry([400], 'The request line names a whole address.', 'Send the path only.'),
  transfer_encoding_unsupported: entry(
    [400],
    'A transfer encoding other than `chunked`.',
    'Send it chunked, or with its length.',
  ),
  charset_unsupported: entry([415], 'A charset other than UTF-8.', 'Send UTF-8.'),
  invalid_batch_id: entry(
    [400],
    '`Batch-Id` is not 1 to 64 letters, digits, dots, dashes or underscores.',
    'Send another one, or none.',
  ),
  invalid_digest: entry([400], '`Content-Digest` is not `sha-256=:BASE64:`.', 'Send it so, or not.'),
  checksum_mismatch: entry(
    [422, 'file'],
    'The bytes are not those that `Content-Digest` or `sha256` tells of. Of a push, what was committed before stays: `committedLines`; of an import, nothing.',
    'Send it again.',
  ),
  empty_body: entry([400], 'The body holds no line.', 'Send at least one record.'),
  body_too_slow: entry([408], 'The body stopped coming; `committedLines` were kept.', 'Send it again, whole.'),
  too_many_lines: entry(
    [413],
    'More lines than this key, or an atomic push, may send at once.',
    'Send fewer a request.',
  ),
  too_many_bad_lines: entry(
    [400],
    'So many lines are refused that the source or format is probably wrong.',
    'Look at the first errors.',
  ),
  atomic_refused: entry(
    [422],
    'Nothing was kept, because some lines of an atomic push cannot be.',
    'Mend them; send all again.',
  ),
  bad_compression: entry(
    [400, 'file'],
    'The compressed bytes, or the archive, are broken or cut short.',
    'Send it again.',
  ),
  decompressed_too_large: entry([413, 'file'], 'It unpacks to more than 100 times its size.', 'Send it plain.'),
  line_too_long: entry(['record'], 'A record of more than 4 MiB.', SOURCE),
  record_too_large: entry(['record'], 'The record would not fit a message.', SOURCE),
  unexpected_format: entry(
    ['record', 'file'],
    'Not what this source sends, such as a page of HTML.',
    'Look at it; name the right source.',
  ),
  xml_not_well_formed: entry(['record', 'file'], 'Not well-formed XML; `detail` says where.', SOURCE),
  xml_doctype_forbidden: entry(
    ['record', 'file'],
    'A DOCTYPE that declares entities, which could read files or grow without end.',
    SOURCE,
  ),
  xml_too_many_attributes: entry(['record', 'file'], 'An element with too many attributes.', SOURCE),
  xml_undefined_entity: entry(['record', 'file'], 'An entity nobody defines.', SOURCE),
  xml_bad_character: entry(['record', 'file'], 'A character XML does not have.', SOURCE),
  xml_unbound_prefix: entry(['record', 'file'], 'A namespace prefix nobody declares.', SOURCE),
  csv_parse: entry(['record', 'file'], 'Not a table as RFC 4180 has it; `detail` says where.', SOURCE),
  csv_duplicate_header: entry(['file'], 'Two columns of a table have the same name.', 'Name each column once.'),
  bibtex_parse: entry(['record', 'file'], 'Not BibTeX; `detail` says where.', SOURCE),
  ris_truncated: entry(
    ['record', 'file'],
    'A reference of RIS without its last line; `detail` says where it begins.',
    SOURCE,
  ),

  // Files.
  file_not_found: entry(['file'], 'There is no such file.', 'Look at the path.'),
  file_not_readable: entry(['file'], 'The file may not be read.', 'Give leave to read it.'),
  not_a_regular_file: entry(['file'], 'A pipe, socket or device.', 'Only regular files are read.'),
  symlink_refused: entry(['file'], 'A symbolic link.', 'Name the file itself.'),
  invalid_file_name: entry(['file'], 'A name with control characters, not UTF-8, or too long.', 'Rename it.'),
  path_outside_import_folder: entry(
    ['file'],
    'The file does not lie in the folder that files are imported from.',
    'Put it there; `IMPORT_FOLDER` names it.',
  ),
  failed_empty: entry(['file'], 'The file is empty.', 'Nothing, when it should be.'),
  file_changed: entry(['file'], 'Not the file that was imported in part.', '`--restart`, when this one is right.'),
  file_changed_during_import: entry(
    ['file'],
    'The file changed while it was read; what was committed stays.',
    'Import it again when nobody writes to it.',
  ),
  import_in_progress: entry(['file'], 'This file is being imported already.', 'Wait for that import.'),
  archive_unsupported: entry(
    ['file'],
    'An archive or a compression that is not read, or a part of one whose meaning readers differ about.',
    'Unpack it; gzip, zstd, tar and zip are read.',
  ),
  archive_entry_path: entry(['file'], 'A file in an archive whose name leads elsewhere or cannot be one.', REPACK),
  archive_entry_type: entry(['file'], 'A link, device or pipe in an archive.', REPACK),
  archive_duplicate_entry: entry(['file'], 'A second file of the same name in a zip.', REPACK),
  archive_nested: entry(['file'], 'An archive in an archive or in compressed bytes.', 'Unpack the outer one.'),
  archive_encrypted: entry(['file'], 'An encrypted file in a zip, or an encrypted zip.', 'Send it unencrypted.'),
  archive_overlap: entry(['file'], 'Files of a zip lie over each other.', 'Pack it again.'),
  too_many_entries: entry(['file'], 'A zip of more than 10,000 entries.', 'Send a tar, or several.'),
  not_an_archive: entry(
    ['file'],
    'The name says archive, the first bytes do not.',
    'Look at it; name it as what it is.',
  ),
  extension_mismatch: entry(
    ['file'],
    'The name says another kind of file than its first bytes: a warning, the bytes are believed.',
    'Nothing, when it was read rightly.',
  ),
  source_mismatch: entry(
    ['file'],
    'None of the first records has an id of the source named; nothing was kept.',
    'Name the right source; or `--keep-going`.',
  ),

  // Imports.
  failed_checksum: entry(
    ['file'],
    'Everything could be unpacked, and its checksum is another: what is kept may be damaged.',
    'Fetch the file again and import it.',
  ),
  failed_storage: entry(
    [507, 'file'],
    'There was no room for it; what was committed stays.',
    'Make room; then resume the import, or send the rest of the upload.',
  ),
  multipart_invalid: entry(
    [400],
    'The form is not one file and nothing else.',
    'Send one file; options stand in the address.',
  ),
  upload_offset_mismatch: entry(
    [409],
    'The part does not begin where the upload ends, or the upload has another size.',
    'Go on at `upload.offset`.',
  ),
  import_not_resumable: entry(
    [409],
    'The import is under way, or over and its bytes are gone.',
    'Send the file again.',
  ),
  job_version_unsupported: entry(
    ['file'],
    'Another version of the program made this job.',
    'An operator restarts it; what is kept will be duplicates.',
  ),

  // What operators ask for.
  unknown_topic: entry([404], 'This service does not publish such a topic.', 'Ask its owner.'),
  unknown_group: entry([404], 'This service has no such consumer group.', '`./atlas consumer list` names them.'),
  already_decided: entry(
    [409],
    'The item was replayed or discarded already, or waits for the one before it.',
    'Nothing, or decide the one before it.',
  ),

  // Messages that were set aside. A failed replay answers 422 with one of these.
  bad_headers: entry(['message'], 'Headers that are not text, or too many.', OPERATOR),
  wrong_environment: entry(['message'], 'The message is of another deployment.', OPERATOR),
  bad_event_id: entry(['message'], 'The header `event-id` is not a UUID.', OPERATOR),
  bad_key: entry(['message'], 'No key, or not the one the body has.', OPERATOR),
  wrong_partition: entry(['message'], 'In another partition than its key belongs to.', OPERATOR),
  bad_version: entry(['message'], "The header `revision` is not a number, or not the body's.", OPERATOR),
  unknown_type: entry(['message'], 'The header `type` is not one that is read here.', OPERATOR),
  null_value: entry(['message'], 'No value: what was deleted is a state here, not an absence.', OPERATOR),
  frame_too_short: entry(['message'], 'Fewer than five bytes.', OPERATOR),
  bad_magic: entry(['message'], 'Not in the wire format.', OPERATOR),
  schema_unknown: entry(['message'], 'The registry does not know the schema.', OPERATOR),
  schema_not_for_topic: entry(['message'], 'A schema of another topic.', OPERATOR),
  schema_type_unsupported: entry(['message'], 'A schema that is not Avro.', OPERATOR),
  avro_decode: entry(['message'], 'The bytes do not fit their schema.', OPERATOR),
  avro_too_large: entry(['message'], 'A length or count that no message of ours has.', OPERATOR),
  event_id_mismatch: entry(['message'], 'Header and body name different events.', OPERATOR),
  event_id_conflict: entry(
    ['message'],
    'The same event, or version of a record, came before with other content.',
    OPERATOR,
  ),
  type_mismatch: entry(['message'], 'Header and body name different types.', OPERATOR),
  blocked_by_quarantine: entry(
    ['message'],
    'A fact whose predecessor was set aside.',
    'Decide the predecessor; this one follows.',
  ),
  crash_loop: entry(
    ['message'],
    'Processes died on it, again and again.',
    'Find the defect in our log; then replay it.',
  ),
  handler_timeout: entry(['message'], 'Handling it took longer than it may.', 'Find out why; then replay it.'),
  handler_defect: entry(['message'], 'Our code failed on it.', 'Correct the code; then replay it.'),
  constraint: entry(['message'], 'It breaks a rule of our database.', 'Correct the code or the rule; then replay it.'),
  message_too_large: entry(['message'], 'It does not fit a message.', 'Tell the developers; it is kept meanwhile.'),

  // Partitions that stand still.
  offset_gap: entry(['partition'], 'Offsets are missing: the log has lost what we have not read.', HOLDS),
  offset_regressed: entry(
    ['partition'],
    'The log ends before our position, or holds another message there: it was made anew.',
    HOLDS,
  ),
  too_many_poison: entry(
    ['partition'],
    'So many messages in a row are refused that the fault is probably ours.',
    'Correct it; then `./atlas consumer accept`.',
  ),
  schema_id_changed: entry(
    ['partition'],
    'A schema id means something else than before.',
    'Restore the registry; then `./atlas consumer accept`.',
  ),

  // The chain of acts, of `./atlas audit verify`.
  act_changed: entry(['chain'], 'An act is not the one that was hashed.', AUDIT),
  act_missing: entry(['chain'], 'A number of the chain has no act.', AUDIT),
  act_not_linked: entry(['chain'], 'An act does not name the hash of the one before it.', AUDIT),
  seq_not_dense: entry(['chain'], 'The acts of one profile are not numbered without a hole.', AUDIT),
  tail_missing: entry(['chain'], 'The chain is shorter than a checkpoint or its head says.', AUDIT),
  tail_rewritten: entry(['chain'], 'The chain is whole, and not the one a checkpoint signed.', AUDIT),
  head_differs: entry(['chain'], 'The stored head is not the last act.', AUDIT),
  checkpoint_invalid: entry(['chain'], 'A checkpoint whose signature or order is wrong.', AUDIT),
  receipt_differs: entry(['chain'], 'An act is not the one its receipt tells of.', AUDIT),
}

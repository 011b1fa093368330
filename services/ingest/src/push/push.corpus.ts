import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { SendOptions } from '../testing/a-push-server.ts'

/** A bad (or odd) input, by its number in the corpus of inputs, and the answer it must get. */
export interface PushCase {
  readonly id: string
  readonly name: string
  readonly send: SendOptions
  readonly status: number
  /** Of the whole request. */
  readonly code?: string
  /** Of each refused line, in order. */
  readonly lines?: readonly string[]
  /** By outcome; those left out are 0. */
  readonly counts?: Readonly<Record<string, number>>
  readonly headers?: Readonly<Record<string, string>>
  /** Oddities of the records that are kept. */
  readonly warnings?: readonly string[]
}

let made = 0
let works = 7_000_000_000
const id = () => `case-${++made}`
const record = (rest: object = {}) => JSON.stringify({ id: id(), title: 'T', ...rest })
const withRaw = (raw: string) => `{"id":"${id()}","title":"T","x":${raw}}`
const good = () => `${record()}\n`
const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(typeof part === 'string' ? Buffer.from(part) : part)))
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const header = (name: string, value: string | readonly string[]): SendOptions => ({
  headers: { [name]: value },
  body: good(),
})
const oneLine = (number: string, name: string, body: string | Uint8Array, code: string): PushCase => ({
  id: number,
  name,
  send: { body },
  status: 200,
  lines: [code],
  counts: { refused: 1 },
})
const accepted = (number: string, name: string, body: string | Uint8Array, stored = 1): PushCase => ({
  id: number,
  name,
  send: { body },
  status: 200,
  lines: [],
  counts: { stored },
})
const request = (number: string, name: string, send: SendOptions, status: number, code: string): PushCase => ({
  id: number,
  name,
  send,
  status,
  code,
})

const secret = 'x'.repeat(43)

export const PUSH_CASES: readonly PushCase[] = [
  // the request
  { ...request('H01', 'GET', { method: 'GET' }, 405, 'method_not_allowed'), headers: { allow: 'POST' } },
  request('H01', 'PUT', { method: 'PUT', body: good() }, 405, 'method_not_allowed'),
  request('H01', 'DELETE', { method: 'DELETE' }, 405, 'method_not_allowed'),
  request('H02', 'in clear behind the ingress', header('x-forwarded-proto', 'http'), 403, 'https_required'),
  request(
    'H09',
    'a length beyond reason',
    { headers: { 'content-length': '9223372036854775807' } },
    413,
    'body_too_large',
  ),
  request('H19', 'TRACE', { method: 'TRACE' }, 405, 'method_not_allowed'),
  request(
    'H20',
    'a whole address as target',
    { path: 'http://evil/v1/sources/plain/records', body: good() },
    400,
    'bad_target',
  ),
  {
    ...request('H21', 'no key', { without: ['authorization'], body: good() }, 401, 'missing_api_key'),
    headers: { 'www-authenticate': 'Bearer' },
  },
  request('H22', 'Basic', header('authorization', 'Basic dTpw'), 401, 'malformed_api_key'),
  request('H22', 'Bearer alone', header('authorization', 'Bearer'), 401, 'malformed_api_key'),
  request('H22', '10 kB of token', header('authorization', `Bearer ${'a'.repeat(10_000)}`), 401, 'malformed_api_key'),
  request('H23', 'unknown key', header('authorization', `Bearer avk_00000000_${secret}`), 401, 'invalid_api_key'),
  request(
    'H28',
    'a cookie instead of a key',
    { ...header('cookie', '__Host-av_session=x'), without: ['authorization'] },
    401,
    'missing_api_key',
  ),
  request('H29', 'unknown source', { path: '/v1/sources/nowhere/records', body: good() }, 404, 'unknown_source'),
  request(
    'H29',
    'unknown source, no key',
    { path: '/v1/sources/nowhere/records', without: ['authorization'], body: good() },
    401,
    'missing_api_key',
  ),
  request('H32', 'no media type', { without: ['content-type'], body: good() }, 415, 'unsupported_media_type'),
  request(
    'H33',
    'a JSON array',
    { headers: { 'content-type': 'application/json' }, body: '[]' },
    415,
    'unsupported_media_type',
  ),
  request('H34', 'utf-16', header('content-type', 'application/x-ndjson; charset=utf-16'), 415, 'charset_unsupported'),
  request('H34', 'latin1', header('content-type', 'application/x-ndjson;charset="latin1"'), 415, 'charset_unsupported'),
  { ...accepted('H34', 'utf-8 named', ''), send: header('content-type', 'application/x-ndjson; charset=UTF-8') },
  ...['zip', 'br', 'gzip, gzip'].map((coding) =>
    request('H35', coding, header('content-encoding', coding), 415, 'encoding_unsupported'),
  ),
  ...['gzip', 'zstd'].map((coding) =>
    request('H36', `says ${coding}, is text`, header('content-encoding', coding), 400, 'bad_compression'),
  ),
  request(
    'H37',
    'gzip cut short',
    { headers: { 'content-encoding': 'gzip' }, body: gzipSync(good()).subarray(0, 40) },
    400,
    'bad_compression',
  ),
  request(
    'H37',
    'zstd cut short',
    { headers: { 'content-encoding': 'zstd' }, body: zstdCompressSync(good().repeat(50)).subarray(0, -5) },
    400,
    'bad_compression',
  ),
  request(
    'H38',
    'gzip and garbage',
    { headers: { 'content-encoding': 'gzip' }, body: bytes([...gzipSync(good())], 'garbage') },
    400,
    'bad_compression',
  ),
  request(
    'H39',
    '200 MB of spaces in gzip',
    { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(200 << 20, 0x20)) },
    413,
    'decompressed_too_large',
  ),
  request(
    'H39',
    '200 MB of spaces in zstd',
    { headers: { 'content-encoding': 'zstd' }, body: zstdCompressSync(Buffer.alloc(200 << 20, 0x20)) },
    413,
    'decompressed_too_large',
  ),
  {
    ...accepted('H41', 'gzip of two members', '', 2),
    send: { headers: { 'content-encoding': 'gzip' }, body: Buffer.concat([gzipSync(good()), gzipSync(good())]) },
  },
  request('H43', 'empty', { body: '' }, 400, 'empty_body'),
  request('H43', 'blank lines', { body: '\n  \r\n\n' }, 400, 'empty_body'),
  ...['2025-01-01T00:00:00', '0000-01-01T00:00:00Z', '99999-01-01T00:00:00Z', '2025-01-01', '1767225600'].map((date) =>
    request('H73', date, header('fetched-at', date), 400, 'invalid_date'),
  ),
  request('H73', 'yesterday', header('fetched-at', 'yesterday'), 400, 'invalid_date'),
  request('H73', '30 February', header('fetched-at', '2025-02-30T00:00:00Z'), 400, 'invalid_date'),
  request('H73', 'twice', header('fetched-at', ['2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z']), 400, 'invalid_date'),
  request('H73', 'infinity', header('fetched-at', 'infinity'), 400, 'invalid_date'),
  request(
    'H74',
    'in the future',
    header('fetched-at', new Date(Date.now() + 600_000).toISOString()),
    400,
    'date_in_future',
  ),
  request(
    'H80',
    'another digest',
    header('content-digest', `sha-256=:${Buffer.alloc(32).toString('base64')}:`),
    422,
    'checksum_mismatch',
  ),
  request('H85', 'a batch with a space in its name', header('batch-id', 'a b'), 400, 'invalid_batch_id'),
  request('H80', 'no digest at all', header('content-digest', 'md5=:AA==:'), 400, 'invalid_digest'),
  request(
    '–',
    'an unknown parameter',
    { path: '/v1/sources/plain/records?verbos', body: good() },
    400,
    'unknown_parameter',
  ),

  // lines
  oneLine('H45', 'a line of 5 MiB among good ones', `{"id":"${'a'.repeat(5 << 20)}"}`, 'line_too_long'),
  oneLine('H46', '32 MiB without a newline', Buffer.alloc(32 << 20, 0x20 + 1), 'line_too_long'),
  request(
    'H47',
    '11 over-long lines',
    { body: `${'a'.repeat((4 << 20) + 2)}\n`.repeat(11) },
    400,
    'too_many_bad_lines',
  ),
  request('H47', '1,001 bad lines', { body: '[]\n'.repeat(1_001) }, 400, 'too_many_bad_lines'),
  accepted('H48', 'CRLF, blank lines, no newline at the end', `${record()}\r\n\r\n\n${record()}`, 2),
  oneLine('H49', 'bare CR between', `${record()}\r${record()}`, 'invalid_json'),
  accepted('H50', 'a BOM at the start', bytes([0xef, 0xbb, 0xbf], good())),
  {
    ...oneLine('H50', 'a BOM elsewhere', bytes(good(), [0xef, 0xbb, 0xbf], good()), 'invalid_json'),
    counts: { stored: 1, refused: 1 },
  },
  oneLine('H51', 'UTF-16LE', Buffer.from(record(), 'utf16le'), 'invalid_utf8'),
  oneLine('H52', 'byte FF', bytes('{"id":"a', [0xff], '"}'), 'invalid_utf8'),
  oneLine('H52', 'an overlong form', bytes('{"id":"a', [0xc0, 0xaf], '"}'), 'invalid_utf8'),
  oneLine('H52', 'a surrogate in UTF-8', bytes('{"id":"a', [0xed, 0xa0, 0x80], '"}'), 'invalid_utf8'),
  accepted('H53', 'U+2028 in a string', `${record({ x: '\u2028\u2029' })}`),
  oneLine('H54', 'NUL in a string', withRaw('"a\\u0000b"'), 'forbidden_character'),
  oneLine('H54', 'NUL in a key', withRaw('{"\\u0000":1}'), 'forbidden_character'),
  oneLine('H55', 'half a surrogate pair', withRaw('"\\ud800"'), 'lone_surrogate'),
  oneLine('H56', 'a raw control character', withRaw('"a\tb"'), 'invalid_json'),
  accepted('H57', 'bidi and zero-width', record({ title: '\u202eabc\u200b', authors: ['Z\u0351\u0352'] })),
  ...[
    '{"id":"a"',
    '{"id":"a}',
    '{"id":"a",}',
    '{"id":"a"} // c',
    "{'id':'a'}",
    withRaw('NaN'),
    withRaw('Infinity'),
    withRaw('undefined'),
  ].map((line) => oneLine('H58', line.slice(0, 30), line, 'invalid_json')),
  oneLine('H59', 'two objects on a line', `${record()}${record()}`, 'invalid_json'),
  ...['[]', '"a"', '1', 'null', 'true'].map((line) => oneLine('H60', line, line, 'not_an_object')),
  oneLine('H61', 'depth 65', withRaw(nested(64)), 'too_deep'),
  oneLine('H61', 'depth 1,000,000', withRaw(nested(1_000_000)), 'too_deep'),
  accepted('H61', 'depth 64', withRaw(nested(63))),
  oneLine('H62', '1e400', withRaw('1e400'), 'number_out_of_range'),
  oneLine('H63', '1e131071', withRaw('1e131071'), 'number_out_of_range'),
  oneLine('H63', '2,000 digits', withRaw('9'.repeat(2_000)), 'number_out_of_range'),
  oneLine('H64', '2^53 + 1', withRaw('9007199254740993'), 'number_not_exact'),
  accepted('H65', '-0, 1.0, 1E2', withRaw('[-0,1.0,1E2]')),
  oneLine('H66', 'a key twice', `{"id":"a","id":"b"}`, 'duplicate_key'),
  ...['__proto__', 'constructor', 'prototype'].map((key) =>
    oneLine('H67', key, withRaw(`{"${key}":1}`), 'forbidden_key'),
  ),
  oneLine(
    'H68',
    '5,001 keys',
    withRaw(JSON.stringify(Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`k${at}`, 1])))),
    'too_many_keys',
  ),
  oneLine(
    'H68',
    '20,001 authors',
    record({ authors: Array.from({ length: 20_001 }, (_, at) => `A ${at}`) }),
    'too_many_items',
  ),
  accepted(
    'H69',
    '5,154 authors',
    record({ authors: Array.from({ length: 5_154 }, (_, at) => `Ann Author the ${at}th ${'x'.repeat(100)}`) }),
  ),
  oneLine('H70', 'no id', '{"title":"T"}', 'missing_field'),
  oneLine('H71', 'an id that is a space', '{"id":" ","title":"T"}', 'invalid_field'),
  ...['""', '7', 'null', '{}', '[]'].map((value) =>
    oneLine('H70 H71', `an id that is ${value}`, `{"id":${value},"title":"T"}`, 'missing_field'),
  ),
  oneLine('H71', 'an id of 513 characters', `{"id":"${'a'.repeat(513)}","title":"T"}`, 'invalid_field'),
  oneLine('H71', 'an id with a line end', '{"id":"a\\nb","title":"T"}', 'invalid_field'),
  { ...oneLine('H70', 'a deletion that says nothing', '{"_atlas":{}}', ''), lines: ['missing_field', 'missing_field'] },
  ...['""', '" a"', `"${'a'.repeat(513)}"`, '"a\\nb"', '7'].map((sourceId) =>
    oneLine(
      'H71',
      `a deletion of ${sourceId.slice(0, 8)}`,
      `{"_atlas":{"op":"delete","sourceId":${sourceId}}}`,
      'invalid_field',
    ),
  ),
  ...['Delete', 'purge'].map((op) => oneLine('H72', op, `{"_atlas":{"op":"${op}","sourceId":"a"}}`, 'invalid_enum')),
  oneLine(
    'H75',
    'an unknown field in _atlas',
    '{"_atlas":{"op":"delete","sourceId":"a","sourceld":"a"}}',
    'unknown_field',
  ),
  oneLine('H75', '_atlas beside a record', '{"id":"a","_atlas":{"op":"delete","sourceId":"a"}}', 'unknown_field'),
  accepted('H75', 'an unknown field of the record', record({ unheardOf: 1 })),
  ...[null, '', '  '].map((title) => accepted('H78', `a title that is ${JSON.stringify(title)}`, record({ title }))),
  oneLine('H78', 'a title of 12,000 characters', record({ title: 'a'.repeat(12_000) }), 'field_too_long'),
  oneLine('H79', 'a title of 2 MB', record({ title: 'words '.repeat(350_000) }), 'field_too_long'),
  (() => {
    const line = record()
    return { ...accepted('H81', 'the same record twice', `${line}\n${line}`), counts: { stored: 1, duplicate: 1 } }
  })(),
  (() => {
    const one = id()
    const body = `{"id":"${one}","title":"A"}\n{"id":"${one}","title":"B"}\n{ "title":"B","id":"${one}" }`
    return { ...accepted('H82 H83', 'other content; other key order', body), counts: { stored: 1, updated: 2 } }
  })(),
  accepted(
    'H86',
    'what is dangerous elsewhere',
    record({ title: `'; drop table x; <script>{{7*7}}\${jndi:x}%0d%0a=HYPERLINK()` }),
  ),
  accepted('H87', 'a path and a file URL', JSON.stringify({ id: `../../x${id()}`, title: 'file:///etc/passwd' })),

  // what the adapters make of identifiers
  ...['W71', 'https://openalex.org/W71', 'w71'].map((sourceId, at) => ({
    ...ofSource('openalex', 'H72', `deletion of ${sourceId}`, { _atlas: { op: 'delete', sourceId } }, {}),
    counts: at === 0 ? { stored: 1 } : { updated: 1 },
  })),
  ofSource(
    'openalex',
    'H72',
    'deletion of a person',
    { _atlas: { op: 'delete', sourceId: 'A71' } },
    { refused: 'invalid_field' },
  ),
  ofSource(
    'openalex',
    'H72',
    'deletion of nothing',
    { _atlas: { op: 'delete', sourceId: 'abc' } },
    { refused: 'invalid_field' },
  ),
  ofSource('crossref', 'H70', 'no DOI', { title: ['T'] }, { refused: 'missing_field' }),
  ofSource('crossref', 'H71', 'a DOI that is a number', { DOI: 10.1, title: ['T'] }, { refused: 'invalid_field' }),
  ofSource('openalex', 'H70', 'no id', { title: 'T' }, { refused: 'missing_field' }),
  ofSource('openalex', 'H71', 'an id of nothing', { id: 'X12', title: 'T' }, { refused: 'invalid_field' }),
  ofSource('openalex', 'H72', 'a person', { id: 'https://openalex.org/A12' }, { refused: 'invalid_enum' }),
  ...['10.', 'doi:', 'https://doi.org/', 'unknown'].map((doi) =>
    ofSource('openalex', 'H76', `DOI ${doi}`, work({ doi }), { warned: 'doi_unusable' }),
  ),
  ...['doi:10.5555/ab', 'https://doi.org/10.5555/AB', '10.5555/AB', ' 10.5555/ab '].map((doi) =>
    ofSource('openalex', 'H76', `DOI ${doi}`, work({ doi }), {}),
  ),
  ...['0000-0002-1825-0098', '0000-0000-0000-0000', '1234'].map((orcid) =>
    ofSource('openalex', 'H77', `ORCID ${orcid}`, work({ orcid }), { warned: 'orcid_unusable' }),
  ),
  ...['https://orcid.org/0000-0002-1825-0097', '0000-0002-1694-233X', '0000-0002-1694-233x'].map((orcid) =>
    ofSource('openalex', 'H77', `ORCID ${orcid}`, work({ orcid }), {}),
  ),
]

function work({ doi = null, orcid = null }: { doi?: string | null; orcid?: string | null }) {
  const author = { id: null, display_name: 'Ann Ar', orcid }
  const authorships = [{ author_position: 'first', author, raw_author_name: 'Ann Ar', institutions: [] }]
  return { id: `https://openalex.org/W${++works}`, doi, title: 'T', display_name: 'T', type: 'article', authorships }
}

function ofSource(
  source: string,
  number: string,
  name: string,
  line: object,
  { refused, warned }: { refused?: string; warned?: string },
): PushCase {
  return {
    id: number,
    name: `${source}: ${name}`,
    send: { path: `/v1/sources/${source}/records`, body: JSON.stringify(line) },
    status: 200,
    lines: refused === undefined ? [] : [refused],
    counts: refused === undefined ? { stored: 1 } : { refused: 1 },
    warnings: warned === undefined ? [] : [warned],
  }
}

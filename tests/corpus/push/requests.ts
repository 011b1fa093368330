import { gzipSync, zstdCompressSync } from 'node:zlib'
import { bytes, good, header, type PushCase, request, taken } from './push-case.ts'

const SECRET = 'x'.repeat(43)
const packed = (coding: string, body: () => Uint8Array) => () => ({
  headers: { 'content-encoding': coding },
  body: body(),
})
const spaces = () => Buffer.alloc(200 << 20, 0x20)
const long = () => `${'a'.repeat((4 << 20) + 2)}\n`.repeat(11)

/** What is refused, or taken, before a line is looked at. */
// biome-ignore format: a table
export const REQUESTS: readonly PushCase[] = [
  request('H01', 'GET', () => ({ method: 'GET' }), 405, 'method_not_allowed', { headers: { allow: 'POST' } }),
  request('H01', 'PUT', () => ({ method: 'PUT', body: good() }), 405, 'method_not_allowed', { headers: { allow: 'POST' } }),
  request('H01', 'DELETE', () => ({ method: 'DELETE' }), 405, 'method_not_allowed', { headers: { allow: 'POST' } }),
  request('H02', 'in clear behind the ingress', header('x-forwarded-proto', 'http'), 403, 'https_required'),
  request('H09', 'a length beyond reason', () => ({ headers: { 'content-length': '9223372036854775807' } }), 413, 'body_too_large'),
  request('H19', 'TRACE', () => ({ method: 'TRACE' }), 405, 'method_not_allowed'),
  request('H20', 'a whole address as target', () => ({ path: 'http://evil/v1/sources/plain/records', body: good() }), 400, 'bad_target'),
  request('H21', 'no key', () => ({ without: ['authorization'], body: good() }), 401, 'missing_api_key', { headers: { 'www-authenticate': 'Bearer' } }),
  request('H22', 'Basic', header('authorization', 'Basic dTpw'), 401, 'malformed_api_key'),
  request('H22', 'Bearer alone', header('authorization', 'Bearer'), 401, 'malformed_api_key'),
  request('H22', '10 kB of token', header('authorization', `Bearer ${'a'.repeat(10_000)}`), 401, 'malformed_api_key'),
  request('H23', 'unknown key', header('authorization', `Bearer avk_00000000_${SECRET}`), 401, 'invalid_api_key', { headers: { 'www-authenticate': 'Bearer' } }),
  request('H24', 'right id, wrong secret', ({ keyId }) => header('authorization', `Bearer avk_${keyId}_${SECRET}`)(), 401, 'invalid_api_key'),
  request('H27', 'a key of another source', () => ({ path: '/v1/sources/not-mine/records', body: good() }), 403, 'source_not_allowed'),
  request('H28', 'a cookie instead of a key', () => ({ ...header('cookie', '__Host-av_session=x')(), without: ['authorization'] }), 401, 'missing_api_key'),
  request('H29', 'unknown source', () => ({ path: '/v1/sources/nowhere/records', body: good() }), 404, 'unknown_source'),
  request('H29', 'unknown source, no key', () => ({ path: '/v1/sources/nowhere/records', without: ['authorization'], body: good() }), 401, 'missing_api_key'),
  request('H32', 'no media type', () => ({ without: ['content-type'], body: good() }), 415, 'unsupported_media_type'),
  request('H33', 'a JSON array', () => ({ headers: { 'content-type': 'application/json' }, body: '[]' }), 415, 'unsupported_media_type'),
  request('H34', 'utf-16', header('content-type', 'application/x-ndjson; charset=utf-16'), 415, 'charset_unsupported'),
  request('H34', 'latin1', header('content-type', 'application/x-ndjson;charset="latin1"'), 415, 'charset_unsupported'),
  { ...taken('H34', 'utf-8 named', good), make: header('content-type', 'application/x-ndjson; charset=UTF-8') },
  ...['zip', 'br', 'gzip, gzip'].map((coding) => request('H35', coding, header('content-encoding', coding), 415, 'encoding_unsupported')),
  ...['gzip', 'zstd'].map((coding) => request('H36', `says ${coding}, is text`, header('content-encoding', coding), 400, 'bad_compression')),
  request('H37', 'gzip cut short', packed('gzip', () => gzipSync(good()).subarray(0, 40)), 400, 'bad_compression', { committedLines: 1, counts: { stored: 1 } }),
  request('H37', 'zstd cut short', packed('zstd', () => zstdCompressSync(good().repeat(50)).subarray(0, -5)), 400, 'bad_compression'),
  request('H38', 'gzip and garbage', packed('gzip', () => bytes(gzipSync(good()), 'garbage')), 400, 'bad_compression'),
  request('H39', '200 MB of spaces in gzip', packed('gzip', () => gzipSync(spaces())), 413, 'decompressed_too_large', { committedLines: 'any' }),
  request('H39', '200 MB of spaces in zstd', packed('zstd', () => zstdCompressSync(spaces())), 413, 'decompressed_too_large'),
  { ...taken('H41', 'gzip of two members', good, { counts: { stored: 2 } }), make: packed('gzip', () => bytes(gzipSync(good()), gzipSync(good()))) },
  request('H43', 'empty', () => ({ body: '' }), 400, 'empty_body'),
  request('H43', 'blank lines', () => ({ body: '\n  \r\n\n' }), 400, 'empty_body'),
  request('H47', '11 over-long lines', () => ({ body: long() }), 400, 'too_many_bad_lines'),
  request('H47', '1,001 bad lines', () => ({ body: '[]\n'.repeat(1_001) }), 400, 'too_many_bad_lines', { committedLines: 1_000, counts: { refused: 1_000 } }),
  ...['yesterday', '2025-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '99999-01-01T00:00:00Z', 'infinity', '2025-01-01T00:00:00', '2025-01-01', '1767225600'].map(
    (date) => request('H73', date, header('fetched-at', date), 400, 'invalid_date')),
  request('H73', 'given twice', header('fetched-at', ['2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z']), 400, 'invalid_date'),
  request('H74', 'ten minutes in the future', () => header('fetched-at', new Date(Date.now() + 600_000).toISOString())(), 400, 'date_in_future'),
  request('H80', 'the digest of something else', header('content-digest', `sha-256=:${Buffer.alloc(32).toString('base64')}:`), 422, 'checksum_mismatch'),
  request('H80', 'no digest at all', header('content-digest', 'md5=:AA==:'), 400, 'invalid_digest'),
  request('H85', 'a batch with a space in its name', header('batch-id', 'a b'), 400, 'invalid_batch_id'),
  request('H01', 'a parameter nobody knows', () => ({ path: '/v1/sources/plain/records?verbos', body: good() }), 400, 'unknown_parameter'),
]

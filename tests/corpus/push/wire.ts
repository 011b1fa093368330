import type { PushServer } from '../../../services/ingest/src/testing/a-push-server.ts'
import type { WireCase } from './push-case.ts'

const LINE = '{"id":"on-the-wire","title":"T"}\n'
const start = (text: string) => `POST /v1/sources/plain/records HTTP/1.1\r\n${text}`
const plain = (text: string) => () => start(text)
/** A head that is in order, up to what is wrong with it. */
const withKey = (text: string) => (to: Pick<PushServer, 'key'>) =>
  start(`Host: a\r\nAuthorization: Bearer ${to.key}\r\nContent-Type: application/x-ndjson\r\n${text}`)
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

/** What is no valid HTTP, and what two readers could understand differently. */
// biome-ignore format: a table
export const WIRE: readonly WireCase[] = [
  { id: 'H03', title: 'no host', make: plain('\r\n'), status: 400 },
  { id: 'H04', title: 'two hosts', make: plain('Host: a\r\nHost: b\r\nConnection: close\r\n\r\n'), status: 400, code: 'bad_host' },
  { id: 'H06', title: 'two lengths of body', make: plain('Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'), status: 400, code: 'bad_request' },
  { id: 'H07', title: 'two Content-Lengths', make: plain('Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'), status: 400, code: 'bad_request' },
  { id: 'H07', title: 'the same twice', make: plain('Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n'), status: 400, code: 'bad_request' },
  ...['-1', '+5', '1e3', '18446744073709551616'].map((length) => ({ id: 'H08', title: length, make: plain(`Host: a\r\nContent-Length: ${length}\r\n\r\n`), status: 400, code: 'bad_request' })),
  { id: 'H10', title: 'a coding that is passed on undecoded', make: withKey('Transfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n0\r\n\r\n'), status: 400, code: 'transfer_encoding_unsupported' },
  { id: 'H11', title: 'a chunk of no size behind a whole line', make: withKey(`Transfer-Encoding: chunked\r\n\r\n${chunk(LINE)}zz\r\n`), status: 400, code: 'bad_request' },
  { id: 'H11', title: 'a chunk extension of 20 kB', make: withKey(`Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`), status: 413, code: 'bad_request' },
  { id: 'H12', title: 'a space before the colon', make: plain('Host : a\r\n\r\n'), status: 400, code: 'bad_request' },
  { id: 'H12', title: 'a folded header', make: plain('Host: a\r\nX: a\r\n b\r\n\r\n'), status: 400, code: 'bad_request' },
  { id: 'H12', title: 'NUL in a header', make: plain('Host: a\r\nX: a\0b\r\n\r\n'), status: 400, code: 'bad_request' },
  { id: 'H12', title: 'bare LF behind a header', make: () => 'POST /v1/sources/plain/records HTTP/1.1\nHost: a\n\n', status: 400, code: 'bad_request' },
  { id: 'H12', title: 'bare CR in a header', make: plain('Host: a\r\nX: a\rb\r\n\r\n'), status: 400, code: 'bad_request' },
  { id: 'H13', title: '20 kB of header', make: plain(`Host: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`), status: 431, code: 'bad_request' },
  { id: 'H13', title: '20 kB of URL', make: () => `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, status: 431, code: 'bad_request' },
  { id: 'H13', title: '2,000 headers', make: plain(`Host: a\r\n${'X: a\r\n'.repeat(4_000)}\r\n`), status: 431, code: 'bad_request' },
  { id: 'H18', title: 'Expect: foo', make: withKey('Content-Length: 2\r\nExpect: foo\r\nConnection: close\r\n\r\n'), status: 417 },
  { id: 'H18', title: 'asks for leave without a key', make: plain('Host: a\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9999\r\nExpect: 100-continue\r\n\r\n'), status: 401, code: 'missing_api_key' },
  { id: 'H19', title: 'CONNECT', make: () => 'CONNECT evil:443 HTTP/1.1\r\nHost: evil\r\n\r\n', status: 0 },
  { id: 'H19', title: 'an unknown method', make: () => 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n', status: 400, code: 'bad_request' },
  { id: 'H22', title: 'two keys', make: (to) => withKey(`Authorization: Bearer ${to.key}\r\nConnection: close\r\n\r\n`)(to), status: 401, code: 'malformed_api_key' },
  { id: 'H88', title: 'a second request behind a parse error', make: (to) => `${start('Host : a\r\n\r\n')}${withKey(`Content-Length: ${LINE.length}\r\n\r\n${LINE}`)(to)}`, status: 400, code: 'bad_request' },
  { id: 'H89', title: 'a key among the trailers', make: (to) => start(`Host: a\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n0\r\nAuthorization: Bearer ${to.key}\r\n\r\n`), status: 401, code: 'missing_api_key' },
]

import { bad, bytes, good, newId, type PushCase, record, refused, taken, withRaw } from './push-case.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const manyKeys = () => JSON.stringify(Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`k${at}`, 1])))
const authors = (count: number, rest = '') => Array.from({ length: count }, (_, at) => `Ann Ar the ${at}th${rest}`)
const deletion = (rest: string) => () => `{"_atlas":{"op":"delete",${rest}}}`
/** Where the scanner stood, and a pointer as long as they get: 64 lists. */
const TOO_DEEP = `too_deep 1:78 /x${'/0'.repeat(64)}`
const noTitle = { warned: ['no_title 1 /title'] }

/** Lines: what is wrong stands in one of them, and the others are kept. */
// biome-ignore format: a table
export const LINES: readonly PushCase[] = [
  refused('H45', 'a line of 5 MiB', () => `{"id":"${'a'.repeat(5 << 20)}"}`, 'line_too_long 1'),
  refused('H46', '32 MiB without a newline', () => Buffer.alloc(32 << 20, '!'), 'line_too_long 1'),
  taken('H48', 'CRLF, blank lines, no newline at the end', () => `${record()}\r\n\r\n\n${record()}`, { counts: { stored: 2 } }),
  { ...refused('H48', 'blank lines are counted', () => `${record()}\r\n\r\n\n[]`, 'not_an_object 4'), expect: { status: 200, refused: ['not_an_object 4'], counts: { stored: 1, refused: 1 } } },
  refused('H49', 'bare CR between', () => `{"id":"a"}\r{"id":"b"}`, 'invalid_json 1:12'),
  taken('H50', 'a BOM at the start', () => bytes([0xef, 0xbb, 0xbf], good())),
  { ...refused('H50', 'a BOM elsewhere', () => bytes(good(), [0xef, 0xbb, 0xbf], good())), expect: { status: 200, refused: ['invalid_json 2:1'], counts: { stored: 1, refused: 1 } } },
  refused('H51', 'UTF-16LE', () => Buffer.from('{"id":"é"}', 'utf16le'), 'invalid_utf8 1'),
  refused('H52', 'byte FF', () => bytes('{"id":"a', [0xff], '"}'), 'invalid_utf8 1'),
  refused('H52', 'an overlong form', () => bytes('{"id":"a', [0xc0, 0xaf], '"}'), 'invalid_utf8 1'),
  refused('H52', 'a surrogate in UTF-8', () => bytes('{"id":"a', [0xed, 0xa0, 0x80], '"}'), 'invalid_utf8 1'),
  taken('H53', 'U+2028 and U+2029 in a string', () => record({ x: '\u2028\u2029' })),
  refused('H54', 'NUL in a string', bad('"a\\u0000b"'), 'forbidden_character 1:17 /x'),
  refused('H54', 'NUL in a key', bad('{"\\u0000":1}'), 'forbidden_character 1:17 /x/\\u{0}'),
  refused('H55', 'half a surrogate pair', bad('"\\ud800"'), 'lone_surrogate 1:16 /x'),
  refused('H55', 'deep inside', bad('{"a/b":[1,"\\udc00"]}'), 'lone_surrogate 1:26 /x/a~1b/1'),
  refused('H56', 'a raw control character', () => '{"id":"a\tb"}', 'invalid_json 1:9'),
  taken('H57', 'bidi, zero-width, towers, private use', () => record({ title: '\u202eabc\u200b\ue000', authors: ['Z\u0351\u0352\u0353\u0354'] })),
  refused('H58', 'an object that is cut off', () => '{"id":"a"', 'invalid_json 1:10'),
  refused('H58', 'a quote that is missing', () => '{"id":"a}', 'invalid_json 1:10'),
  refused('H58', 'a comma at the end', () => '{"id":"a",}', 'invalid_json 1:11'),
  refused('H58', 'a comment', () => '{"id":"a"} // c', 'invalid_json 1:12'),
  refused('H58', 'single quotes', () => "{'id':'a'}", 'invalid_json 1:2'),
  ...['NaN', 'Infinity', 'undefined'].map((word) => refused('H58', word, () => `{"id":"a","x":${word}}`, 'invalid_json 1:15')),
  refused('H59', 'two objects on a line', () => '{"id":"a"}{"id":"b"}', 'invalid_json 1:11'),
  ...['[]', '"a"', '1', 'null', 'true'].map((line) => refused('H60', line, () => line, 'not_an_object 1')),
  refused('H61', 'depth 65', () => bad(nested(64))(), TOO_DEEP),
  refused('H61', 'depth 1,000,000', () => bad(nested(1_000_000))(), TOO_DEEP),
  taken('H61', 'depth 64', () => withRaw(nested(63))),
  refused('H62', '1e400', bad('1e400'), 'number_out_of_range 1:15 /x'),
  refused('H62', '-1e400', bad('[0,-1e400]'), 'number_out_of_range 1:18 /x/1'),
  refused('H63', '1e131071', bad('1e131071'), 'number_out_of_range 1:15 /x'),
  refused('H63', '2,000 digits', bad('9'.repeat(2_000)), 'number_out_of_range 1:15 /x'),
  refused('H64', '2^53 + 1', bad('9007199254740993'), 'number_not_exact 1:15 /x'),
  taken('H65', '-0, 1.0, 1E2', () => withRaw('[-0,1.0,1E2]')),
  refused('H66', 'a key twice', () => '{"id":"a","id":"b"}', 'duplicate_key 1:12 /id'),
  refused('H66', 'a key twice, escaped', bad('{"a":1,"\\u0061":2}'), 'duplicate_key 1:23 /x/a'),
  ...['__proto__', 'constructor', 'prototype'].map((key) => refused('H67', key, bad(`{"${key}":1}`), `forbidden_key 1:17 /x/${key}`)),
  refused('H67', '__proto__, escaped', bad('[{"\\u005f_proto__":1}]'), 'forbidden_key 1:18 /x/0/__proto__'),
  refused('H68', '5,001 keys', () => bad(manyKeys())(), 'too_many_keys 1:48907 /x/k5000'),
  refused('H68', '20,001 authors', () => record({ authors: authors(20_001) }), 'too_many_items 1'),
  taken('H69', '5,154 authors, 700 KiB', () => record({ authors: authors(5_154, 'x'.repeat(120)) })),
  refused('H70', 'no id', () => '{"title":"T"}', 'missing_field 1 /id'),
  refused('H70', 'a deletion that says nothing', () => '{"_atlas":{}}', 'missing_field 1 /_atlas/op', 'missing_field 1 /_atlas/sourceId'),
  ...['""', '7', 'null', '{}', '[]'].map((id) => refused('H70 H71', `an id that is ${id}`, () => `{"id":${id},"title":"T"}`, 'missing_field 1 /id')),
  refused('H71', 'an id that is a space', () => '{"id":" ","title":"T"}', 'invalid_field 1'),
  refused('H71', 'an id of 513 characters', () => `{"id":"${'a'.repeat(513)}","title":"T"}`, 'invalid_field 1'),
  refused('H71', 'an id with a line end', () => '{"id":"a\\nb","title":"T"}', 'invalid_field 1'),
  ...['""', '" a"', `"${'a'.repeat(513)}"`, '"a\\nb"', '7'].map((id) => refused('H71', `a deletion of ${id.slice(0, 8)}`, deletion(`"sourceId":${id}`), 'invalid_field 1 /_atlas/sourceId')),
  ...['Delete', 'purge'].map((op) => refused('H72', op, () => `{"_atlas":{"op":"${op}","sourceId":"a"}}`, 'invalid_enum 1 /_atlas/op')),
  refused('H75', 'an unknown field in _atlas', deletion('"sourceId":"a","sourceld":"a"'), 'unknown_field 1 /_atlas/sourceld'),
  refused('H75', '_atlas beside a record', () => '{"id":"a","_atlas":{"op":"delete","sourceId":"a"}}', 'unknown_field 1 /id'),
  taken('H75', 'an unknown field of the record', () => record({ unheardOf: 1 })),
  ...[null, '', '  '].map((title) => taken('H78', `a title that is ${JSON.stringify(title)}`, () => record({ title }), title === null ? noTitle : {})),
  refused('H78', 'a title of 12,000 characters', () => record({ title: 'a'.repeat(12_000) }), 'field_too_long 1'),
  refused('H79', 'a title of 2 MB', () => record({ title: 'words '.repeat(350_000) }), 'field_too_long 1'),
  taken('H81', 'the same record twice', () => good().repeat(2), { counts: { stored: 1, duplicate: 1 } }),
  taken('H82', 'the same id, other content', () => versions({ title: 'A' }, { title: 'B' }), { counts: { stored: 1, updated: 1 } }),
  taken('H82', 'the same id, older content', () => versions({ title: 'A', updated: '2026-01-02T00:00:00Z' }, { title: 'B', updated: '2026-01-01T00:00:00Z' }), { counts: { stored: 1, stale: 1 } }),
  taken('H83', 'the same content, other key order and spaces', () => inOtherOrder(), { counts: { stored: 1, updated: 1 }, published: 1 }),
  taken('H86', 'what is dangerous elsewhere', () => record({ title: `'; drop table x; <script>{{7*7}}\${jndi:x}%0d%0aSet-Cookie=HYPERLINK()` })),
  taken('H86', 'a formula', () => record({ title: '=HYPERLINK("http://evil")' })),
  taken('H87', 'a path as the id, a file as the title', () => JSON.stringify({ id: `../../x${newId()}`, title: 'file:///etc/passwd' })),
  taken('H87', 'an address of the link as a field', () => record({ venue: 'http://169.254.169.254/latest/meta-data' })),
]

/** Versions of one record. */
function versions(...contents: readonly object[]): string {
  const id = newId()
  return contents.map((content) => `${JSON.stringify({ id, ...content })}\n`).join('')
}

function inOtherOrder(): string {
  const id = newId()
  return `{"id":"${id}","title":"B"}\n{ "title":"B", "id":"${id}" }`
}

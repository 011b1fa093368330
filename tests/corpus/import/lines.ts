import { gzipSync, zstdCompressSync } from 'node:zlib'
import { LINES } from '../push/lines.ts'
import type { PushCase } from '../push/push-case.ts'
import { ending, type FileCase, plain, rowOf, whole } from './file-case.ts'

const line = (id: string) => `{"id":"${id}","title":"T"}\n`
const lines = (name: string, count: number) => Array.from({ length: count }, (_, at) => line(`${name}${at}`)).join('')
const ids = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}${at}`)

/** Members that gzip allows and nobody needs: a name that climbs, extra bytes, a comment. */
function gzipWithNames(text: string): Buffer {
  const packed = gzipSync(text)
  const head = Buffer.from(packed.subarray(0, 10))
  head[3] = 0x04 | 0x08 | 0x10
  const extra = Buffer.from([4, 0, 0x41, 0x42, 0, 0])
  return Buffer.concat([head, extra, Buffer.from('../../x\0a comment\0'), packed.subarray(10)])
}

function wrongCrc(text: string): Buffer {
  const packed = gzipSync(text)
  packed.writeUInt32LE(7, packed.length - 8)
  return packed
}

const json = (...records: readonly string[]) => `[${records.join(',')}]`
const long = `{"id":"too-long","title":"${'x'.repeat(5 << 20)}"}`

/** Files of lines, plain and compressed. */
// biome-ignore format: a table
const FILES: readonly FileCase[] = [
  rowOf('I06', plain, 'empty.jsonl')('an empty file', whole(() => '', [], [], 'failed_empty')),
  rowOf('I18', plain, 'i18.json')('gzip that is called .json', { ...whole(() => gzipSync(lines('i18a', 3)), [], ids('i18a', 3)), expect: { ...ending([], ids('i18a', 3)), warned: ['extension_mismatch'] } }),
  rowOf('I18', plain, 'i18.jsonl.gz')('text that is called .gz', { ...whole(() => lines('i18b', 3), [], ids('i18b', 3)), expect: { ...ending([], ids('i18b', 3)), warned: ['extension_mismatch'] } }),
  rowOf('I19', plain, 'i19.jsonl.gz')('a gzip that is cut short', whole(() => gzipSync(lines('i19a', 3)).subarray(0, -8), ['bad_compression 4@80'], ids('i19a', 3), 'bad_compression')),
  rowOf('I19', plain, 'i19.jsonl.zst')('a zstd that is cut short', whole(() => zstdCompressSync(lines('i19b', 3)).subarray(0, -3), ['bad_compression 1@0'], [], 'bad_compression')),
  rowOf('I20', plain, 'i20.jsonl.gz')('gzip with another checksum', whole(() => wrongCrc(lines('i20', 3)), ['bad_compression 4@77'], ids('i20', 3), 'failed_checksum')),
  rowOf('I22', plain, 'i22.jsonl.gz')('gzip with extra fields and a name that climbs', whole(() => gzipWithNames(lines('i22', 3)), [], ids('i22', 3))),
  rowOf('I54', plain, 'i54.jsonl')('a page of HTML', whole(() => '<!DOCTYPE html><html><body>busy</body></html>', ['unexpected_format 1@0'], [], 'unexpected_format')),
  rowOf('I60', plain, 'i60.json')('an array with an element of 5 MiB', whole(() => json(line('i60a'), long, line('i60b')), ['line_too_long 2@28'], ['i60a', 'i60b'])),
  rowOf('I66', plain, 'bom.jsonl')('H50 a BOM at the start', whole(() => `\ufeff${lines('i66bom', 2)}`, [], ids('i66bom', 2))),
  rowOf('I65', plain, 'i65.jsonl')('half of it bad', whole(() => `${line('i65a')}[]\n${line('i65b')}{}\n${line('i65c')}`, ['not_an_object 2@26', 'missing_field 4@55 /id'], ['i65a', 'i65b', 'i65c'])),
  rowOf('I67', plain, 'i67.jsonl')('records of another source', whole(() => '{"DOI":"10.1/x"}\n'.repeat(150), [], [], 'source_mismatch')),
  ]

let made = 0

/** The same lines as in a push, in a file between two good records: the same codes, at the same places. */
function inAFile({ id, title, body, expect: { refused = [], counts = {} } }: PushCase & { body: Buffer }): FileCase {
  const around = [`i66-${++made}`, `i66-${++made}`]
  const [one = '', other = ''] = around
  const before = line(one)
  return {
    ...{ id: `I66 ${id}`, title, adapter: plain, name: 'i66.jsonl' },
    make: () => Buffer.concat([Buffer.from(before), body, Buffer.from(`\n${line(other)}`)]),
    expect: {
      ...ending(
        refused.map((place) => aLineLater(place, before.length)),
        around,
      ),
      counts: { ...counts, refused: 0 },
    },
  }
}

/** `code line[:column] pointer` of a push, behind one line. */
function aLineLater(place: string, bytes: number): string {
  return place.replace(/ (\d+)(:\d+)?/, (_, at: string, column = '') => ` ${Number(at) + 1}${column}@${bytes}`)
}

const NOBODY = { key: '', keyId: '' }

/** H50 to H83, but for what is about the beginning of a body. */
const IN_A_FILE = LINES.filter(({ id, title }) => id >= 'H50' && id <= 'H83' && !title.startsWith('a BOM')).map(
  (kase) => inAFile({ ...kase, body: Buffer.from(kase.make(NOBODY).body as string) }),
)

export const LINE_FILES: readonly FileCase[] = [...FILES, ...IN_A_FILE]

import { gzipSync } from 'node:zlib'
import { aTar, aZip, type TarEntry, type ZipEntry } from '../../../services/ingest/src/testing/an-archive.ts'
import { type FileCase, type Made, plain, rowOf, whole } from './file-case.ts'

const line = (id: string) => `{"id":"${id}","title":"T"}\n`
let made = 0
const newId = () => `arch${++made}`

/** What stands between two good files of a zip. */
function inZip(bad: readonly ZipEntry[], refused: readonly string[], keeps: readonly string[] = []): Made {
  const [one, other] = [newId(), newId()]
  const entries = [{ name: 'one.jsonl', content: line(one) }, ...bad, { name: 'two.jsonl', content: line(other) }]
  return whole(() => aZip(entries), refused, [one, ...keeps, other])
}

function inTar(bad: readonly TarEntry[], refused: readonly string[], code?: string): Made {
  const [one, other] = [newId(), newId()]
  const entries = [{ name: 'one.jsonl', content: line(one) }, ...bad, { name: 'two.jsonl', content: line(other) }]
  return whole(() => aTar(entries), refused, code === undefined ? [one, other] : [one], code)
}

/** A zip that is given up as a whole. */
const noZip = (
  make: () => Uint8Array,
  code: string,
  refused: readonly string[] = [`${code} 1@0`],
  stored: readonly string[] = [],
) => whole(make, refused, stored, code)

const content = line('never')
const zip = (id: string) => rowOf(id, plain, `${id.toLowerCase()}.zip`)
const tar = (id: string) => rowOf(id, plain, `${id.toLowerCase()}.tar`)
const file = (id: string) => rowOf(id, plain, 'file.bin')
const bomb = () => Buffer.alloc(20 << 20, ' ')
const tooMany = () => Array.from({ length: 10_001 }, (_, at) => ({ name: `${at}`, stored: true }))

/** Archives: what is wrong with one file of them is told in its place, the others are read. */
// biome-ignore format: a table
export const ARCHIVES: readonly FileCase[] = [
  zip('I23')('a name that climbs', inZip([{ name: '../../x', content }], ['archive_entry_path ../../x:1@0'])),
  zip('I23')('climbs in the middle', inZip([{ name: 'a/../../x', content }], ['archive_entry_path a/../../x:1@0'])),
  zip('I24')('an absolute name', inZip([{ name: '/etc/x', content }], ['archive_entry_path /etc/x:1@0'])),
  zip('I24')('a drive letter', inZip([{ name: 'C:x', content }], ['archive_entry_path C:x:1@0'])),
  zip('I24')('backslashes', inZip([{ name: 'a\\b', content }], ['archive_entry_path a\\b:1@0'])),
  zip('I24')('NUL in the name', inZip([{ name: 'a\0b', content }], ['archive_entry_path a\\u{0}b:1@0'])),
  zip('I25')('a symbolic link', inZip([{ name: 'l', content, mode: 0o120777 }], ['archive_entry_type l:1@0'])),
  zip('I26')('2 MB that say 1 kB', noZip(() => aZip([{ name: 'a.jsonl', content: `{"id":"${'x'.repeat(2_000_000)}`, size: 1_000 }]), 'decompressed_too_large')),
  zip('I26')('a bomb that says its size', noZip(() => aZip([{ name: 'a.jsonl', content: bomb() }]), 'decompressed_too_large')),
  zip('I27')('files that lie over each other', noZip(() => aZip([{ name: 'a', content }, { name: 'b', content, at: 0 }]), 'archive_overlap')),
  zip('I28')('10,001 entries', noZip(() => aZip(tooMany()), 'too_many_entries')),
  zip('I29')('a zip in a zip', inZip([{ name: 'a.zip', content: aZip([{ name: 'a', content }]) }], ['archive_nested a.zip:1@0'])),
  zip('I30')('an encrypted file', inZip([{ name: 'e', content, flags: 0x801 }], ['archive_encrypted e:1@0'])),
  zip('I30')('strong encryption', noZip(() => aZip([{ name: 'e', content, flags: 0x841 }]), 'archive_encrypted')),
  zip('I31')('sizes of zip64', inZip([{ name: 'z.jsonl', content: line('i31a'), zip64: true }], [], ['i31a'])),
  zip('I31')('sizes behind the data', inZip([{ name: 'z.jsonl', content: line('i31b'), flags: 0x808 }], [], ['i31b'])),
  zip('I31')('a name in code page 437', inZip([{ name: Buffer.from([0x82, 0x2e, 0x61]), content: line('i31c'), flags: 0 }], [], ['i31c'])),
  zip('I31')('a name that says UTF-8 and is not', inZip([{ name: Buffer.from([0xff, 0x61]), content }], ['archive_entry_path �a:1@0'])),
  zip('I31')('another method', inZip([{ name: 'm', content, method: 12 }], ['archive_unsupported m:1@0'])),
  zip('I32')('two files of one name', inZip([{ name: 'one.jsonl', content }], ['archive_duplicate_entry one.jsonl:1@0'])),
  tar('I33')('a hard link', inTar([{ name: 'a', type: '1' }], ['archive_entry_type a:1@0'])),
  tar('I33')('a symbolic link', inTar([{ name: 'a', type: '2' }], ['archive_entry_type a:1@0'])),
  tar('I33')('a device', inTar([{ name: 'a', type: '3' }], ['archive_entry_type a:1@0'])),
  tar('I33')('a sparse file', inTar([{ name: 'a', type: 'S', content }], ['archive_unsupported 2@27'], 'archive_unsupported')),
  tar('I33')('a sparse file of PAX', inTar([{ name: 'a', content, pax: { 'GNU.sparse.major': '1' } }], ['archive_unsupported a:1@0'])),
  tar('I33')('a size of its own in PAX', inTar([{ name: 'a', content, pax: { size: '1' } }], ['archive_unsupported 2@27'], 'archive_unsupported')),
  ...[['7z', '377abcaf271c0000'], ['rar', '526172211a070100'], ['xz', 'fd377a585a000000'], ['lz4', '04224d1864000000']].map(([name = '', hex = '']) =>
    file('I34')(name, noZip(() => Buffer.from(hex, 'hex'), 'archive_unsupported'))),
  zip('I35')('a PDF that is a zip, too', noZip(() => Buffer.concat([Buffer.from('%PDF-1.7\n'), aZip([{ name: 'a', content }])]), 'not_an_archive')),
  file('I29')('a zip in gzip', noZip(() => gzipSync(aZip([{ name: 'a', content }])), 'archive_nested')),
  ...['a/CON', 'nul.json', 'a.', 'x'.repeat(300)].map((name) => zip('I36')(name.slice(0, 20), inZip([{ name, content }], [`archive_entry_path ${name.slice(0, 20)}:1@0`]))),
]

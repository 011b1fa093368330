import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aZip, type ZipEntry } from '../../testing/an-archive.ts'
import { entriesOfZip } from './zip.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-zip-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function read(bytes: Uint8Array): Promise<string[]> {
  const path = join(folder, `${files++}.zip`)
  await writeFile(path, bytes)
  await using handle = await open(path)
  const seen: string[] = []
  let compressed = 0
  const onRead = (count: number) => {
    compressed += count
  }
  try {
    for await (const entry of entriesOfZip({ handle, sizeBytes: bytes.length, onRead })) {
      const { index, name } = entry
      if (!entry.ok) seen.push(`${index} ${name.slice(0, 20)}: ${entry.code}`)
      else {
        const chunks: Uint8Array[] = []
        for await (const chunk of entry.bytes()) chunks.push(chunk)
        const content = Buffer.concat(chunks).toString()
        seen.push(`${index} ${name}=${content.length > 20 ? content.length : content}`)
      }
    }
  } catch (error) {
    seen.push(`! ${(error as { code?: string }).code ?? error}`)
  }
  expect(compressed).toBeLessThanOrEqual(bytes.length)
  return seen
}

const good: ZipEntry = { name: 'good.json', content: '{}' }
const rest = '1 good.json={}'

describe('a zip', () => {
  it.each<[string, readonly ZipEntry[], readonly string[]]>([
    [
      'deflated and stored',
      [
        { ...good, name: 'a/b.json' },
        { ...good, stored: true },
      ],
      ['0 a/b.json={}', rest],
    ],
    ['with folders', [{ name: 'f/', stored: true, mode: 0o040755 }, good], ['0 good.json={}']],
    ['I23 zip slip', [{ ...good, name: '../../x' }, good], ['0 ../../x: archive_entry_path', rest]],
    ['I23 in the middle', [{ ...good, name: 'a/../../x' }, good], ['0 a/../../x: archive_entry_path', rest]],
    ['I24 absolute', [{ ...good, name: '/etc/x' }, good], ['0 /etc/x: archive_entry_path', rest]],
    ['I24 drive letter', [{ ...good, name: 'C:x' }, good], ['0 C:x: archive_entry_path', rest]],
    ['I24 backslashes', [{ ...good, name: 'a\\b' }, good], ['0 a\\b: archive_entry_path', rest]],
    ['I25 symbolic link', [{ ...good, name: 'l', mode: 0o120777 }, good], ['0 l: archive_entry_type', rest]],
    ['I25 device', [{ ...good, name: 'l', mode: 0o020666 }, good], ['0 l: archive_entry_type', rest]],
    ['made elsewhere', [{ ...good, mode: 0 }], ['0 good.json={}']],
    [
      'I26 more than it says',
      [{ name: 'a', content: 'x'.repeat(2_000_000), size: 1_000 }, good],
      ['! decompressed_too_large'],
    ],
    ['I26 a bomb that says so', [{ name: 'a', content: ' '.repeat(20 << 20) }, good], ['! decompressed_too_large']],
    ['less than it says', [{ name: 'a', content: 'xyz', size: 9 }, good], ['! bad_compression']],
    ['I20 another sum', [{ ...good, crc: 7 }, good], ['! failed_checksum']],
    ['I27 overlap', [good, { ...good, name: 'b', at: 0 }], ['! archive_overlap']],
    ['I30 encrypted', [{ ...good, name: 'e', flags: 0x801 }, good], ['0 e: archive_encrypted', rest]],
    ['I30 strongly encrypted', [{ ...good, flags: 0x841 }, good], ['! archive_encrypted']],
    ['I31 zip64 sizes', [{ ...good, zip64: true }], ['0 good.json={}']],
    [
      'I31 sizes after the data',
      [
        { ...good, flags: 0x808 },
        { ...good, name: 'b' },
      ],
      ['0 good.json={}', '1 b={}'],
    ],
    ['I31 a name in code page 437', [{ ...good, name: Buffer.from([0x82, 0x2e, 0x61]), flags: 0 }], ['0 é.a={}']],
    [
      'I31 a name that is not UTF-8',
      [{ ...good, name: Buffer.from([0xff, 0x61]) }, good],
      ['0 \ufffda: archive_entry_path', rest],
    ],
    [
      'I32 two of one name',
      [good, { ...good, content: '[]' }],
      ['0 good.json={}', '1 good.json: archive_duplicate_entry'],
    ],
    ['I36 device name', [{ ...good, name: 'a/CON' }, good], ['0 a/CON: archive_entry_path', rest]],
    ['I36 device name with an ending', [{ ...good, name: 'nul.json' }, good], ['0 nul.json: archive_entry_path', rest]],
    ['I36 trailing dot', [{ ...good, name: 'a.' }, good], ['0 a.: archive_entry_path', rest]],
    ['I36 very long', [{ ...good, name: 'x'.repeat(300) }, good], [`0 ${'x'.repeat(20)}: archive_entry_path`, rest]],
    ['another method', [{ ...good, name: 'm', method: 12 }, good], ['0 m: archive_unsupported', rest]],
    ['nothing', [], ['! failed_empty']],
  ])('%s', async (_, entries, expected) => expect(await read(aZip(entries))).toEqual(expected))

  it('I28 with more entries than are read is refused before any is', async () => {
    const entries = Array.from({ length: 10_001 }, (_, at) => ({ name: `${at}`, stored: true }))
    expect(await read(aZip(entries))).toEqual(['! too_many_entries'])
    expect(await read(aZip(entries.slice(1).map((entry) => ({ ...entry, content: '1' }))))).toHaveLength(10_000)
  })

  it('that has other entries than it counts is refused', async () => {
    expect(await read(aZip([good, { ...good, name: 'b' }], { count: 1 }))).toEqual(['! bad_compression'])
  })

  it('that is cut short, or goes on after its end, is told', async () => {
    const whole = aZip([good], { comment: 'as it should be' })
    expect(await read(whole)).toEqual(['0 good.json={}'])
    expect(await read(whole.subarray(0, -30))).toEqual(['! bad_compression'])
    expect(await read(Buffer.concat([whole, Buffer.from('more')]))).toEqual(['! bad_compression'])
  })
})

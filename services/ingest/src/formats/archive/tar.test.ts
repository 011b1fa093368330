import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aTar, type TarEntry } from '../../testing/an-archive.ts'
import { entriesOfTar } from './tar.ts'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

/** What a reader sees: names and contents, refusals, and what ended it. */
async function read(bytes: Uint8Array, size = 700): Promise<string[]> {
  const seen: string[] = []
  try {
    for await (const entry of entriesOfTar(pieces(bytes, size))) {
      if (!entry.ok) seen.push(`${entry.index} ${entry.name.slice(0, 30)}: ${entry.code}`)
      else seen.push(`${entry.index} ${entry.name}=${Buffer.concat(await Array.fromAsync(entry.bytes()))}`)
    }
  } catch (error) {
    seen.push(`! ${(error as { code?: string }).code ?? error}`)
  }
  return seen
}

const long = `${'folder/'.repeat(30)}x.json`
const good: TarEntry = { name: 'good.json', content: '{}' }

describe('a tar', () => {
  it.each<[string, readonly TarEntry[], readonly string[]]>([
    [
      'ustar',
      [
        { name: 'a.json', content: 'one' },
        { name: 'b', content: '' },
      ],
      ['0 a.json=one', '1 b='],
    ],
    [
      'of old',
      [
        { name: 'f/', format: 'v7' },
        { name: 'f/a', content: 'one', format: 'v7' },
      ],
      ['0 f/a=one'],
    ],
    [
      'with folders',
      [
        { name: './', type: '5' },
        { ...good, name: './good' },
      ],
      ['0 ./good={}'],
    ],
    ['with a long name, PAX', [{ ...good, pax: { path: long, mtime: '1.5' } }], [`0 ${long}={}`]],
    ['with a long name, GNU', [{ name: 'L', type: 'L', content: `${long}\0`, format: 'gnu' }, good], [`0 ${long}={}`]],
    ['I33 hard link', [{ name: 'a', type: '1' }, good], ['0 a: archive_entry_type', '1 good.json={}']],
    ['I33 symbolic link', [good, { name: 'a', type: '2' }], ['0 good.json={}', '1 a: archive_entry_type']],
    ['I33 character device', [{ name: 'a', type: '3' }, good], ['0 a: archive_entry_type', '1 good.json={}']],
    ['I33 block device', [{ name: 'a', type: '4' }, good], ['0 a: archive_entry_type', '1 good.json={}']],
    ['I33 pipe', [{ name: 'a', type: '6' }, good], ['0 a: archive_entry_type', '1 good.json={}']],
    ['I33 sparse, GNU', [{ name: 'a', type: 'S', content: 'x' }, good], ['! archive_unsupported']],
    [
      'I33 sparse, PAX',
      [{ name: 'a', content: 'x', pax: { 'GNU.sparse.major': '1' } }, good],
      ['0 a: archive_unsupported', '1 good.json={}'],
    ],
    [
      'I33 a size of its own in PAX',
      [{ name: 'a', content: 'xyz', pax: { size: '1' } }, good],
      ['! archive_unsupported'],
    ],
    ['the same size in PAX', [{ name: 'a', content: 'xyz', pax: { size: '3' } }], ['0 a=xyz']],
    ['a size for all', [{ name: 'g', type: 'g', content: '10 size=1\n' }, good], ['! archive_unsupported']],
    ['a link with content', [{ name: 'a', type: '1', content: 'x' }, good], ['! archive_unsupported']],
    [
      'an extended header of a megabyte',
      [{ name: 'x', type: 'x', content: 'x'.repeat(1 << 20) }],
      ['! archive_unsupported'],
    ],
    ['a broken extended header', [{ name: 'x', type: 'x', content: '99 a=b\n' }, good], ['! bad_compression']],
    [
      'a name that climbs',
      [{ name: '../../x', content: 'x' }, good],
      ['0 ../../x: archive_entry_path', '1 good.json={}'],
    ],
    ['an absolute name', [{ name: '/etc/x', content: 'x' }, good], ['0 /etc/x: archive_entry_path', '1 good.json={}']],
    ['a name twice: appended', [good, { ...good, content: '[]' }], ['0 good.json={}', '1 good.json=[]']],
    ['folders only', [{ name: 'f/', type: '5' }], ['! failed_empty']],
  ])('%s', async (_, entries, expected) => expect(await read(aTar(entries))).toEqual(expected))

  it('that is cut short, or goes on after its end, is told', async () => {
    const whole = aTar([good, good])
    expect(await read(whole.subarray(0, 1024 + 300))).toEqual(['0 good.json={}', '! bad_compression'])
    expect(await read(whole.subarray(0, 2048))).toEqual(['0 good.json={}', '1 good.json={}', '! bad_compression'])
    expect(await read(Buffer.concat([whole, aTar([good])]))).toEqual([
      ...['0 good.json={}', '1 good.json={}'],
      '! archive_unsupported',
    ])
    expect(await read(Buffer.concat([whole, Buffer.alloc(10_240)]))).toEqual(['0 good.json={}', '1 good.json={}'])
  })

  it('gives every byte, whatever pieces it comes in and whatever is left unread', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ content: fc.uint8Array({ maxLength: 2_000 }), taken: fc.boolean() }), { minLength: 1 }),
        fc.integer({ min: 1, max: 3_000 }),
        async (files, size) => {
          const bytes = aTar(files.map(({ content }, at) => ({ name: `f${at}`, content })))
          let at = 0
          for await (const entry of entriesOfTar(pieces(bytes, size))) {
            const file = files[at++]
            if (!entry.ok || !file) throw new Error('an entry too many')
            if (file.taken)
              expect(Buffer.concat(await Array.fromAsync(entry.bytes()))).toEqual(Buffer.from(file.content))
          }
          expect(at).toBe(files.length)
        },
      ),
      { numRuns: 50 },
    ))
})

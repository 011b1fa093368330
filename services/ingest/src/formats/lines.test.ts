import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Framed } from './framed.ts'
import { linesOf } from './lines.ts'

const MIB = 1 << 20

async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0
  for (let at = 0; from < bytes.length; at++) {
    const size = sizes[at % sizes.length] ?? bytes.length
    yield bytes.subarray(from, from + size)
    from += size
  }
}

async function lines(text: string | Uint8Array, sizes: readonly number[] = [7]): Promise<Framed[]> {
  return (await Array.fromAsync(linesOf(inChunks(Buffer.from(text), sizes)))).flat()
}

const shown = (framed: Framed) =>
  framed.ok
    ? `${framed.element.ordinal}@${framed.element.offset}:${Buffer.from(framed.element.bytes)}`
    : `${framed.error.ordinal}!${framed.error.code}`

it.each([
  ['a\nb\n', ['1@0:a', '2@2:b']],
  ['a\nb', ['1@0:a', '2@2:b']],
  ['a\r\nb\r\n', ['1@0:a', '2@3:b']],
  ['\n \t\r\n\na\n', ['4@6:a']],
  ['\ufeffa\n\ufeffb', ['1@3:a', '2@5:\ufeffb']],
  ['a\rb\n', ['1@0:a\rb']],
  ['a\u2028b\n', ['1@0:a\u2028b']],
  ['', []],
  ['\n\n', []],
])('%j', async (text, expected) => expect((await lines(text)).map(shown)).toEqual(expected))

it('cuts the same lines whatever the chunks, and each stands where it says', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '\r', '"', '\u2028'), maxLength: 12 })
  const text = fc.array(line, { maxLength: 12 }).map((all) => Buffer.from(all.join('\n')))
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      async (bytes, sizes) => {
        const cut = await lines(bytes, sizes)
        expect(cut).toEqual(await lines(bytes, [bytes.length + 1]))
        for (const framed of cut) {
          if (!framed.ok) continue
          const { offset, bytes: own } = framed.element
          expect(bytes.subarray(offset, offset + own.length)).toEqual(Buffer.from(own))
        }
      },
    ),
  )
})

it('cuts lines that are most of a chunk alike, which are no copies', async () => {
  const size = fc.oneof(fc.integer({ min: 4090, max: 4100 }), fc.integer({ min: 0, max: 20_000 }), fc.constant(0))
  const text = fc
    .tuple(
      fc.array(size, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\ufeff'),
      fc.boolean(),
    )
    .map(
      ([sizes, end, mark, ended]) =>
        mark + sizes.map((one, at) => `${at % 10}`.repeat(one)).join(end) + (ended ? end : ''),
    )
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.constantFrom(1_000, 4_097, 30_000), { minLength: 1 }), async (whole, sizes) => {
      const bytes = Buffer.from(whole)
      const cut = await lines(bytes, sizes)
      // Chunks below the size from which lines are views: each is copied.
      expect(cut.map(shown)).toEqual((await lines(bytes, [1_000])).map(shown))
      const expected = whole
        .replace(/^\ufeff/, '')
        .split('\n')
        .map((line) => line.replace(/\r$/, ''))
      expect(cut.map((framed) => framed.ok && Buffer.from(framed.element.bytes).toString())).toEqual(
        expected.filter(Boolean),
      )
    }),
  )
})

it('reports a line that is too long once, and keeps the others', async () => {
  const long = 'x'.repeat(5 * MIB)
  const exact = 'y'.repeat(4 * MIB)
  const cut = await lines(`a\n${long}\nb\n${exact}\r\n${exact}z\nc`, [64 << 10])
  expect(
    cut.map((framed) => (framed.ok ? `${framed.element.ordinal}:${framed.element.bytes.length}` : shown(framed))),
  ).toEqual(['1:1', '2!line_too_long', '3:1', `4:${4 * MIB}`, '5!line_too_long', '6:1'])
})

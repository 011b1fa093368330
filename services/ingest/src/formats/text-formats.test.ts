import { bibtexNames, texText, texVerbatim } from '@atlas/identifiers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBibtex } from './bibtex-read.ts'
import { type CsvContext, cellsOf } from './csv-row.ts'
import type { RecordFormat } from './framed.ts'
import { recordsOfFile } from './records-of-file.ts'
import { readRis } from './ris.ts'

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function cutAll(text: string | Uint8Array, format: RecordFormat, chunk = 1 << 16, fileName = 'file') {
  const adapter = { source: 'made-up', formats: [format], shapes: [] }
  const file = Buffer.from(text)
  const found = await Array.fromAsync(recordsOfFile(inChunks(file, chunk), { adapter, fileName }))
  for (const framed of found) {
    if (!framed.ok) continue
    const { offset, bytes } = framed.element
    if (!file.subarray(offset, offset + bytes.length).equals(bytes)) throw new Error(`not the bytes at ${offset}`)
  }
  return found
}

/** What is cut out, and of what is refused its code and line; the same in chunks of any size. */
async function cut(text: string | Uint8Array, format: RecordFormat, fileName?: string): Promise<string[]> {
  const ways = await Promise.all(
    [1 << 16, 1, 7].map(async (chunk) =>
      (await cutAll(text, format, chunk, fileName)).map((framed) =>
        framed.ok ? Buffer.from(framed.element.bytes).toString() : `!${framed.error.code} ${framed.error.line ?? ''}`,
      ),
    ),
  )
  expect(ways[1]).toEqual(ways[0])
  expect(ways[2]).toEqual(ways[0])
  return ways[0] ?? []
}

describe('BibTeX', () => {
  const a = '@article{a,\n  title = {One {two} "three"},\n  year = 2000\n}'
  const b = '@Book(b, title = "Two {"} (2)", publisher = acm # " Press",)'

  it.each<[string, string | Uint8Array, string[]]>([
    ['entries, and what stands between', `% a file\nmail me@example.org\n${a}\n${b} text @misc{c}`, [a, b, '@misc{c}']],
    ['a mark of the byte order', `\ufeff${a}`, [a]],
    ['comments and preambles', `@comment{ @article{x, a=1} }\n@preamble{"\\x"}\n${a}`, [a]],
    ['an entry that is not closed', `@article{x,\n title = {A {b},\n}\n\n${a}\n`, ['!bibtex_parse 1', a]],
    ['the last is not closed', `${a}\n@article{x,\n title = {A {b},\n}\n`, [a, '!bibtex_parse 5']],
    ['a brace too many', `@misc{x, title = {A}}, year = 1 }\n${a}`, ['!bibtex_parse 1', a]],
    ['a brace too many at the end', `@misc{x, title = {A}}}\n${a}`, ['!bibtex_parse 1', a]],
    ['a missing comma', `${a}\n@misc{x,\n title = {A}\n year = 1 }\n${a}`, [a, '!bibtex_parse 7', a]],
    ['a missing value', `@misc{x, title = , year = 1}`, ['!bibtex_parse 1']],
    ['a quote that is not closed', `@misc{x, title = "A }\n${a}`, ['!bibtex_parse 1', a]],
    ['an entry quoted in a comment', `@comment{\n@article{x, a = 1}\n}\n${a}`, [a]],
    ['a key of 1 MB', `@misc{${'k'.repeat(1 << 20)}, a = 1}\n${a}`, ['!bibtex_parse 1', a]],
    ['no key', '@misc{, title = {A}}', ['@misc{, title = {A}}']],
    ['not UTF-8', Buffer.from(`@misc{x, title = {\xe9}}\n${a}`, 'latin1'), ['!invalid_utf8 1', a]],
    ['more than 4 MiB', `@misc{x, a = {${'a '.repeat(3 << 20)}}}\n${a}`, ['!line_too_long 1', a]],
    ['a name that uses itself', `@string{x = x # x}\n@misc{a, t = x}`, ['!bibtex_parse 1', '@misc{a, t = x}']],
    ['names in a circle', `@string{x = y}\n@string{y = x}\n`, ['!bibtex_parse 1', '!bibtex_parse 2']],
    ['nothing', '% only a comment\n@comment{x}\n', ['!unexpected_format ']],
  ])('%s', async (_, text, expected) => {
    const large = text.length > 100_000
    const found = large
      ? (await cutAll(text, 'bibtex')).map((framed) =>
          framed.ok ? Buffer.from(framed.element.bytes).toString() : `!${framed.error.code} ${framed.error.line ?? ''}`,
        )
      : await cut(text, 'bibtex', 'a.bib')
    expect(found).toEqual(expected)
  })

  it('abbreviations hold from where they are defined, are written out, and stand in the context', async () => {
    const file = `@misc{a, p = acm}
@string{acm = "ACM"}
@STRING{full = acm # { } # "Press"}
@misc{b, p = FULL # ", NY", month = jan, year = 1999}
@string{acm = "other"}
@misc{c, p = acm}`
    const entries = (await cutAll(file, 'bibtex')).map((framed) => {
      if (!framed.ok) return framed.error.code
      const { bytes, context } = framed.element
      const known = new Map(Object.entries<string>(context === '' ? {} : JSON.parse(context)))
      const read = readBibtex(Buffer.from(bytes).toString(), (word) => known.get(word))
      return [read.ok && { ...read.value.entry.fields }, context]
    })
    expect(entries).toEqual([
      [{ p: 'acm' }, ''],
      [{ p: 'ACM Press, NY', month: 'jan', year: '1999' }, '{"full":"ACM Press"}'],
      [{ p: 'other' }, '{"acm":"other"}'],
    ])
  })

  it('abbreviations of abbreviations go ten deep, and do not grow without end', async () => {
    const doubled = Array.from(
      { length: 30 },
      (_, at) => `@string{s${at} = ${at === 0 ? '{x}' : `s${at - 1} # s${at - 1}`}}`,
    )
    const found = await cutAll(`${doubled.join('\n')}\n@misc{a, t = s9}`, 'bibtex')
    expect(found.filter(({ ok }) => !ok)).toHaveLength(20)
    const wide = Array.from(
      { length: 9 },
      (_, at) => `@string{s${at} = ${at === 0 ? `{${'x'.repeat(1 << 17)}}` : `s0 # s0`}}`,
    )
    const refused = (await cutAll(`${wide.join('\n')}\n@misc{a, t = s1}`, 'bibtex')).filter(({ ok }) => !ok)
    expect(refused.length).toBeGreaterThan(3)
  })
})

describe('RIS', () => {
  const a = 'TY  - JOUR\r\nAU  - Öst, Ann\r\nAU  - Be, C.\r\nT1  - On\r\n  moss\r\nX9  - unknown\r\nER  - '

  it.each<[string, string | Uint8Array, string[]]>([
    ['references, and a heading', `Provider: someone\r\n\r\n${a}\r\n\r\n${a}\r\n`, [a, a]],
    ['a mark of the byte order', `\ufeff${a}`, [a]],
    ['no ER before the next', `TY  - BOOK\nT1  - A\n\n${a}\n`, ['!ris_truncated 1', a]],
    ['no ER at the end', `${a}\nTY  - BOOK\nT1  - A\n`, [a, '!ris_truncated 8']],
    ['CP1252', Buffer.from(`TY  - BOOK\nT1  - caf\xe9\nER  - \nTY  - BOOK\nER  -`, 'latin1'), ['!invalid_utf8 1', 'TY  - BOOK\nER  -']], // biome-ignore format: one case
    ['more than 4 MiB', `TY  - BOOK\nAB  - ${'a '.repeat(3 << 20)}\nER  - \n${a}`, ['!line_too_long 1', a]],
  ])('%s', async (_, text, expected) => {
    const cutOnce = async (chunk: number) =>
      (await cutAll(text, 'ris', chunk)).map((framed) =>
        framed.ok ? Buffer.from(framed.element.bytes).toString() : `!${framed.error.code} ${framed.error.line ?? ''}`,
      )
    expect(await cutOnce(1 << 16)).toEqual(expected)
    if (text.length < 10_000) expect(await cutOnce(1)).toEqual(expected)
  })

  it('keeps every tag, in order, and goes on in lines without one', () => {
    expect(readRis(a)).toEqual({
      type: 'JOUR',
      tags: { TY: ['JOUR'], AU: ['Öst, Ann', 'Be, C.'], T1: ['On moss'], X9: ['unknown'] },
    })
  })
})

describe('CSV', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['rows', 'id,title\n1,"a, ""b"""\r\n\n2,"c\nd"\n3,=cmd()', ['1,"a, ""b"""', '2,"c\nd"', '3,=cmd()']],
    ['a mark of the byte order', '\ufeffid,title\n1,a', ['1,a']],
    ['quotes in a cell', 'id,title\n1,5" disc\n2,b', ['!csv_parse 2', '2,b']],
    ['text behind a quote', 'id,title\n1,"a"b\n2,b', ['!csv_parse 2', '2,b']],
    ['a quote that is not closed', 'id,title\n1,"a\n2,b\n3,c', ['!csv_parse 2', '2,b', '3,c']],
    ['two of them', 'id,title\n1,"a\n2,b\n3,"c\n4,d\n', ['!csv_parse 2', '2,b', '!csv_parse 4', '4,d']],
    ['too few and too many', 'id,title\n1\n1,2,3\n4,d\n', ['!csv_parse 2', '!csv_parse 3', '4,d']],
    ['another separator', 'id;title\n1;a', ['!csv_parse 1']],
    ['two columns of a name', 'id,title, id\n1,a,2', ['!csv_duplicate_header 1']],
    ['10,000 columns', `${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',')}\n1`, ['!csv_parse 1']],
    ['a bad header', 'id,"title\n1,a', ['!csv_parse 1']],
    ['one column', 'id\n1\n2', ['1', '2']],
    ['only a header', 'id,title\n', ['!unexpected_format ']],
    ['not UTF-8', Buffer.from('id,title\n1,\xe9\n2,b', 'latin1'), ['!invalid_utf8 2', '2,b']],
    ['a header that is not UTF-8', Buffer.from('id,titl\xe9\n1,a', 'latin1'), ['!invalid_utf8 1']],
  ])('%s', async (_, text, expected) => {
    if (text.length < 10_000) expect(await cut(text, 'csv', 'a.csv')).toEqual(expected)
    else expect((await cutAll(text, 'csv')).map((framed) => (framed.ok ? '' : `!${framed.error.code} ${framed.error.line}`))).toEqual(expected) // biome-ignore format: one case
  })

  it('refuses alone what is larger than 4 MiB, and reads on behind a quote that was never closed', async () => {
    const large = 'a '.repeat(3 << 20)
    const codes = async (text: string) =>
      (await cutAll(text, 'csv', 1 << 16, 'a.csv')).map((framed) =>
        framed.ok ? framed.element.ordinal : framed.error.code,
      )
    expect(await codes(`id,t\n1,a\n2,${large}\n3,c\n`)).toEqual([1, 'line_too_long', 3])
    const lines = `x,${'y'.repeat(200)}\n`.repeat(30_000)
    const found = await codes(`id,t\n1,"a\n${lines}`)
    expect(found.slice(0, 3)).toEqual(['line_too_long', 2, 3])
    expect(found).toHaveLength(30_001)
  })

  it('any cells come back as they were written', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', 'é', ' ', '='), maxLength: 8 })
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, chunk) => {
        const file = `a,b,c\r\n${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
        const cells = (await cutAll(file, 'csv', chunk, 'a.csv')).map((framed) => {
          if (!framed.ok) return framed.error.detail
          const { bytes, context } = framed.element
          const read = cellsOf(Buffer.from(bytes).toString(), JSON.parse(context) as CsvContext)
          return read.ok ? read.cells : read.detail
        })
        expect(cells).toEqual(rows)
      }),
    )
  })
})

describe('what could take long', () => {
  it.each<[string, RecordFormat]>([
    ['@', 'bibtex'],
    ['@a', 'bibtex'],
    ['\n@a{', 'bibtex'],
    ['@string{a=a}', 'bibtex'],
    ['"', 'csv'],
    ['"\n', 'csv'],
    ['"a\n', 'csv'],
    ['""\n', 'csv'],
    ['x,""\n', 'csv'],
    ['TY  - \n', 'ris'],
    ['\n', 'ris'],
    ['TY', 'ris'],
  ])('does not: 100,000 of %j as %s', async (unit, format) => {
    const found = await cutAll(unit.repeat(100_000), format, 1 << 16, `x.${format === 'bibtex' ? 'bib' : format}`)
    expect(found.length).toBeGreaterThan(0)
  })

  it.each(['\\', '\\a', '{', '$', '\\$', '{a', "\\'", ' and ', '\\~{'])('nor TeX: 100,000 of %j', (unit) => {
    const tex = unit.repeat(100_000)
    expect([texText(tex), texVerbatim(tex), bibtexNames(tex)]).toHaveLength(3)
  })
})

describe('which of them a file is', () => {
  it.each<[string, string, RecordFormat, string]>([
    ['x.txt', 'TY  - JOUR\nER  - ', 'ris', 'ok'],
    ['x.txt', '\n% made by\n@article{a, b = 1}', 'bibtex', 'ok'],
    ['x.txt', 'id,title\n1,a', 'csv', 'ok'],
    ['x.csv', '@a{b},title\n1,a', 'csv', 'ok'],
    ['x.csv', 'id,title\n1,a', 'bibtex', 'unexpected_format'],
    ['x.bib', 'some words', 'bibtex', 'unexpected_format'],
    ['x.json', '{"a":1}', 'csv', 'unexpected_format'],
  ])('%s %j as %s: %s', async (fileName, text, format, expected) => {
    const [first] = await cutAll(text, format, 1 << 16, fileName)
    expect(first?.ok ? 'ok' : first?.error.code).toBe(expected)
  })
})

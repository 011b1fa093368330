import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Adapter } from './adapters/adapter.ts'
import { checkMapping } from './adapters/mapped/check-mapping.ts'
import { readMapping } from './adapters/mapped/mapping-file.ts'
import { readRecord } from './adapters/read-record.ts'
import { recordsOfFile } from './formats/records-of-file.ts'

const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8')

/** The code blocks of a section, in order. */
function blocksOf(heading: string, language: string): string[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  return [...section.matchAll(/^```(\w+)\n(.*?)^```/gms)].flatMap(([, of, text = '']) =>
    of === language ? [text] : [],
  )
}

async function* streamOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

describe('a new source, as the README makes one', () => {
  const [code = ''] = blocksOf('A new source', 'ts')
  const [fixture = ''] = blocksOf('A new source', 'json')

  it('is the file that is checked for its types', async () => {
    const file = await readFile(join(import.meta.dirname, 'testing/example-source.ts'), 'utf8')
    expect(code.trim()).toBe(file.replaceAll("'../adapters/", "'./").trim())
  })

  it('reads its fixture as the README says, from the bytes of each record alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atlas-readme-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    // Step 1: src/adapters/example.ts. It stands elsewhere here, so its neighbours are named in full.
    const adapters = pathToFileURL(join(import.meta.dirname, 'adapters')).pathname
    await writeFile(join(folder, 'example.ts'), code.replaceAll("from './", `from '${adapters}/`))
    const { example } = (await import(/* @vite-ignore */ join(folder, 'example.ts'))) as { example: Adapter }
    // Step 2: fixtures/example.json.
    const framed = await Array.fromAsync(
      recordsOfFile(streamOf(fixture), { adapter: example, fileName: 'example.json' }),
    )
    const results = framed.map((one) => (one.ok ? readRecord(example, one.element) : one.error))
    expect(results).toMatchObject([
      {
        ok: true,
        record: {
          source: 'example',
          sourceId: '7',
          title: 'On moss',
          sourceUpdatedAt: Date.UTC(2026, 0, 1),
          identifiers: [{ scheme: 'doi', value: '10.5555/x', relation: 'self' }],
          authors: [{ position: 1, name: 'Ann Ar' }],
          warnings: [],
        },
      },
      { ok: false, errors: [{ code: 'missing_field', pointer: '/id' }] },
    ])
    for (const [at, one] of framed.entries()) {
      if (!one.ok) continue
      const { format, bytes, context } = one.element
      expect(readRecord(example, { format, bytes, context })).toEqual(results[at])
    }
    // Step 3: a row finds it by its source; a record's own id names it.
    const rows = new Map([example].map((adapter) => [adapter.source, adapter]))
    expect(rows.get('example')?.idOf('7')).toBe('7')
  })
})

it('a source without code, as the README maps one, reads a table', async () => {
  const [mapping = ''] = blocksOf('A source without code', 'json')
  const read = readMapping(mapping)
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
  const table =
    'Handle;Title;Kind;Date of issue;Year;DOI;Authors\n1;Moss;Thesis;05/03/2024;;10.5555/X;Ar, Ann|Be, Bo\n;No handle;;;2001;;\n'
  const check = await checkMapping(read.mapping, (adapter) =>
    recordsOfFile(streamOf(table), { adapter, fileName: 'export.csv' }),
  )
  expect(check).toMatchObject({
    records: 2,
    refused: 1,
    samples: [
      {
        title: 'Moss',
        type: 'thesis',
        published: { year: 2024, month: 3, day: 5 },
        authors: [{ name: 'Ann Ar' }, { name: 'Bo Be' }],
      },
    ],
  })
  expect(check.fields.find(({ field }) => field === 'published')).toEqual({
    field: 'published',
    from: 'Date of issue, else Year',
    records: 2,
  })
})

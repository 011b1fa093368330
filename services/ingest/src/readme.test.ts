import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readRecord } from './adapters/read-record.ts'
import { recordsOfFile } from './formats/records-of-file.ts'
import { example } from './testing/example-source.ts'

it('the adapter that the README shows is the one that is tested here', async () => {
  const shown = await readFile(join(import.meta.dirname, '../README.md'), 'utf8')
  const file = await readFile(join(import.meta.dirname, 'testing/example-source.ts'), 'utf8')
  expect(shown).toContain(file.replaceAll("'../adapters/", "'./").trim())
})

it('it reads what its source answers', async () => {
  const hit =
    '{"id":"7","changed":"2026-01-01T00:00:00Z","title":"On <i>moss</i>","doi":"10.5555/X","people":["Ann Ar"]}'
  const answer = (async function* () {
    yield Buffer.from(`{"hits":[${hit},{"title":"no id"}]}`)
  })()
  const framed = await Array.fromAsync(recordsOfFile(answer, { adapter: example, fileName: 'example.json' }))
  const [one, other] = framed.map((element) => element.ok && readRecord(example, element.element))
  expect(one).toMatchObject({
    ok: true,
    record: {
      sourceId: '7',
      title: 'On moss',
      sourceUpdatedAt: Date.UTC(2026, 0, 1),
      identifiers: [{ scheme: 'doi', value: '10.5555/x', relation: 'self' }],
      authors: [{ position: 1, name: 'Ann Ar' }],
    },
  })
  expect(other).toMatchObject({ ok: false, errors: [{ code: 'missing_field', pointer: '/id' }] })
})

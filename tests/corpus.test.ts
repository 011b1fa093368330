import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '../services/api/src/errors/catalogue.ts'
import { FILE_CASES, IMPORT_ELSEWHERE, IMPORT_IDS, IMPORT_LATER, PATHS } from './corpus/import.ts'
import { PUSH_CASES, PUSH_ELSEWHERE, PUSH_IDS, WIRE } from './corpus/push.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const ELSEWHERE = [...PUSH_ELSEWHERE, ...IMPORT_ELSEWHERE]
const executed = new Set(
  [...PUSH_CASES, ...WIRE, ...FILE_CASES, ...PATHS].flatMap(({ id, title }) => [
    ...id.split(' '),
    ...[...title.matchAll(/\bH\d\d\b/g)].map(([named]) => named),
  ]),
)
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

describe('the corpus of inputs', () => {
  it.each([...PUSH_IDS, ...IMPORT_IDS])('%s is executed here, elsewhere, or said to be for later', (id) => {
    const rows = [executed.has(id), ELSEWHERE.some((row) => row.id === id), IMPORT_LATER.some((row) => row.id === id)]
    expect(rows).toContain(true)
  })

  it('has no number that there is not', () => {
    const known = new Set([...PUSH_IDS, ...IMPORT_IDS])
    const used = [...executed, ...ELSEWHERE.map(({ id }) => id), ...IMPORT_LATER.map(({ id }) => id)]
    expect(used.filter((id) => !known.has(id))).toEqual([])
  })

  it('puts off nothing that is executed', () => {
    expect(IMPORT_LATER.filter(({ id }) => executed.has(id) || ELSEWHERE.some((row) => row.id === id))).toEqual([])
  })

  it.each(ELSEWHERE)('$id is a test of $in', ({ id, in: files }) => {
    for (const file of files) {
      expect(existsSync(join(ROOT, file)), file).toBe(true)
      // In the name of a test, not in a comment beside it.
      expect(read(file), file).toMatch(new RegExp(`['"\`][^'"\`\\n]*\\b${id}\\b`))
    }
  })
})

/** Codes that a case expects: of a request, a file, a name, a record or a warning. */
const expected = new Set([
  ...PUSH_CASES.flatMap(({ expect: { code, refused = [], warned = [] } }) => [code ?? '', ...refused, ...warned]),
  ...WIRE.map(({ code = '' }) => code),
  ...FILE_CASES.flatMap(({ expect: { code = '', refused, warned = [] } }) => [code, ...refused, ...warned]),
  ...PATHS.flatMap(({ refused }) => refused.map((text) => text.split(' ').at(-1) ?? '')),
].map((text) => text.split(' ')[0] ?? '')) // biome-ignore format: one list

describe('codes', () => {
  it('of cases are documented', () => {
    expect([...expected].filter((code) => code !== '' && !(code in ERRORS) && !WARNINGS.has(code))).toEqual([])
  })

  it('that a push or an import may answer with have a case, or a test that names them', () => {
    const places = ['push', 'import', 'formats', 'adapters', '.']
    const sources = places.flatMap((place) => filesIn(place)).filter((name) => !/\.test\.ts$/.test(name))
    const named = new Set(sources.flatMap((name) => [...read(name).matchAll(/'([a-z][a-z0-9]*(?:_[a-z0-9]+)+)'/g)]).map(([, code = '']) => code)) // biome-ignore format: one list
    const answered = [...named].filter((code) => code in ERRORS && !expected.has(code))
    const tests = places.flatMap((place) => filesIn(place)).filter((name) => /\.test\.ts$/.test(name))
    const text = [...tests, 'tests/corpus/memory.int.test.ts'].map(read).join('\n')
    expect(answered.filter((code) => !text.includes(code) && !(code in UNPROVOKED))).toEqual([])
  })
})

/** Nothing that is sent leads to these. */
const UNPROVOKED: Readonly<Record<string, string>> = {
  internal_error: 'a defect of ours',
  storage_full: 'the disk of PostgreSQL is full',
  record_too_large: 'no record of 4 MiB that is read becomes a message of 8 MiB: asked all the same',
}

/** Oddities of what is kept all the same have names of their own. */
const WARNINGS = new Set(['no_title', 'doi_unusable', 'orcid_unusable'])

function filesIn(place: string): string[] {
  const folder = join('services/ingest/src', place)
  const names = readdirSync(join(ROOT, folder), { recursive: place !== '.', encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name))
}

import { createReadStream } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordsOfFile } from '../../formats/records-of-file.ts'
import { readRecord } from '../read-record.ts'
import { checkMapping } from './check-mapping.ts'
import { allSources } from './load-sources.ts'
import { mappedSource } from './mapped-source.ts'
import { type Mapping, readMapping } from './mapping-file.ts'
import { textsBy, valuesAt } from './values.ts'

const folder = join(import.meta.dirname, 'fixtures')
const files = await readdir(folder)
const names = files.flatMap((file) => /^(.*)\.mapping\.json$/.exec(file)?.[1] ?? [])

async function mappingOf(name: string): Promise<Mapping> {
  const read = readMapping(await readFile(join(folder, `${name}.mapping.json`), 'utf8'))
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
  return read.mapping
}

const dataOf = (name: string) => join(folder, files.find((file) => file.startsWith(`${name}.data.`)) ?? '')

const framedBy = (name: string) => (adapter: Parameters<typeof readRecord>[0]) =>
  recordsOfFile(createReadStream(dataOf(name)), { adapter, fileName: dataOf(name) })

const said = (_: string, value: unknown) =>
  value === null || value === false || (Array.isArray(value) && value.length === 0) ? undefined : value

describe.each(names)('%s', (name) => {
  it('is read as reviewed, from its bytes alone too', async () => {
    const adapter = mappedSource(await mappingOf(name))
    const results: unknown[] = []
    for await (const framed of framedBy(name)(adapter)) {
      if (!framed.ok) results.push(framed.error)
      else {
        const result = readRecord(adapter, framed.element)
        results.push(result.ok ? result.record : result.errors)
        const { format, bytes, context } = framed.element
        expect(readRecord(adapter, { format, bytes, context })).toEqual(result)
        if (result.ok) expect(adapter.idOf(result.record.sourceId)).toBe(result.record.sourceId)
      }
    }
    await expect(`${JSON.stringify(results, said, 2)}\n`).toMatchFileSnapshot(join(folder, `${name}.expected.json`))
  })
})

describe('a dry run', () => {
  it('counts what each field was read from, and shows what is refused and what comes out', async () => {
    const check = await checkMapping(await mappingOf('our-repository'), framedBy('our-repository'))
    expect(check).toMatchObject({ records: 6, refused: 2, warnings: { doi_unusable: 1, date_unusable: 1 } })
    expect(check.refusals).toMatchObject([
      { ordinal: 3, errors: [{ code: 'missing_field', pointer: '/Handle' }] },
      { ordinal: 5, errors: [{ code: 'csv_parse' }] },
    ])
    expect(check.samples.map(({ sourceId }) => sourceId)).toEqual(['20.500/1', '20.500/2', '20.500/3'])
    const counted = Object.fromEntries(check.fields.map(({ field, from, records }) => [field, [from, records]]))
    expect(counted).toMatchObject({
      id: ['Handle', 4],
      published: ['Date of issue, else Year', 3],
      'people.author': ['Authors', 3],
      'people.supervisor': ['Supervisors', 1],
      'identifiers.doi': ['DOI', 2],
      'venue.name': ['Journal', 1],
    })
  })

  it('looks into people, too', async () => {
    const { fields } = await checkMapping(await mappingOf('dspace'), framedBy('dspace'))
    expect(fields.filter(({ field }) => field.startsWith('people'))).toEqual([
      { field: 'people.author', from: '/metadata/dc.contributor.author', records: 1 },
      { field: 'people.author.name', from: '/value', records: 1 },
      { field: 'people.author.orcid', from: '/orcid', records: 1 },
      { field: 'people.author.affiliations', from: '/affiliation/name', records: 1 },
      { field: 'people.author.ror', from: '/affiliation/ror', records: 1 },
      { field: 'people.author.ids.dspace_author', from: '/authority', records: 1 },
    ])
  })
})

describe('a mapping', () => {
  const sound = { source: 'ours', version: 1, format: 'json', fields: { id: '/id' } }

  it.each<[string, object, string[]]>([
    ['sound', sound, []],
    ['no id', { ...sound, fields: {} }, ['/fields/id: this is missing']],
    ['a name that is none', { ...sound, source: 'Our Source' }, ['/source: a source is named by 2 to 40 lower-case letters, digits and hyphens']], // biome-ignore format: one case
    [
      'a field that is none',
      { ...sound, fields: { id: '/id', titel: '/t' } },
      ['/fields/titel: there is no such field'],
    ],
    ['two mistakes', { ...sound, version: 0, format: 'yaml' }, ['/version: Too small: expected number to be >=1', '/format: this must be one of json, csv, xml, bibtex, ris']], // biome-ignore format: one case
    ['a type that is none', { ...sound, fields: { id: '/id', type: { from: '/t', words: { A: 'paper' } } } }, ['/fields/type/words/A: this must be one of article, preprint, conference-paper, book, book-chapter, thesis, dissertation, report, dataset, software, review, editorial, letter, erratum, other']], // biome-ignore format: one case
    ['nothing to read from', { ...sound, fields: { id: {} } }, ['/fields/id: say either "from" or "constant"']],
    [
      'both',
      { ...sound, fields: { id: { from: 'a', constant: 'b' } } },
      ['/fields/id: say either "from" or "constant"'],
    ],
    ['XML without its element', { ...sound, format: 'xml' }, ['/element: say which element is a record']],
    ['a separator in JSON', { ...sound, separator: ';' }, ['/separator: this is for csv, the format is json']],
    ['not an object', [], [': this must be of type object']],
  ])('%s', (_, mapping, mistakes) => {
    const read = readMapping(JSON.stringify(mapping))
    expect(read.ok ? [] : read.mistakes.map(({ pointer, detail }) => `${pointer}: ${detail}`)).toEqual(mistakes)
  })

  it('that is not JSON says so', () => {
    expect(readMapping('{"source"')).toMatchObject({ ok: false, mistakes: [{ pointer: '' }] })
  })
})

describe('paths', () => {
  const record = { a: [{ b: ['1', null, ' '] }, { b: 2 }], 'c/d': 'x', e: { f: true }, 'dc.title': 'y' }
  it.each([
    ['/a/b', ['1', '2']],
    ['/a/*/b', ['1', '2']],
    ['/c~1d', ['x']],
    ['c/d', ['x']],
    ['dc.title', ['y']],
    ['/e/f', ['true']],
    ['/e', []],
    ['/a/b/c', []],
    ['/constructor', []],
    ['/__proto__/toString', []],
  ])('%s', (path, texts) => expect(textsBy({ from: [path] }, record)).toEqual(texts))

  it('an empty path is the record itself', () => expect(valuesAt(['x'], '')).toEqual(['x']))
})

describe('a folder of mappings', () => {
  it('adds its sources to those in code, and says what is wrong with any of them', async () => {
    const own = await mkdtemp(join(tmpdir(), 'atlas-sources-'))
    await cp(join(folder, 'our-repository.mapping.json'), join(own, 'our-repository.json'))
    await writeFile(join(own, 'readme.md'), 'not a mapping')
    const sources = await allSources(own)
    expect(sources.get('our-repository')).toMatchObject({ source: 'our-repository', formats: ['csv'] })
    expect(sources.has('openalex')).toBe(true)

    const mapping = { version: 1, format: 'json', fields: { id: '/id' } }
    await writeFile(join(own, 'hal.json'), JSON.stringify({ ...mapping, source: 'hal' }))
    await writeFile(join(own, 'one.json'), JSON.stringify({ ...mapping, source: 'other' }))
    await writeFile(join(own, 'two.json'), '{}')
    const failing = allSources(own)
    await expect(failing).rejects.toThrow('hal.json: /source: "hal" is a source already')
    await expect(failing).rejects.toThrow('one.json: /source: the file of "other" is called other.json')
    await expect(failing).rejects.toThrow('two.json: /source: this is missing')
    await rm(own, { recursive: true })
    await expect(allSources(own)).rejects.toThrow('there is no folder')
  })
})

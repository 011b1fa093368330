import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decompress } from '../formats/decompress.ts'
import type { Framed } from '../formats/framed.ts'
import { recordsOfFile } from '../formats/records-of-file.ts'
import { GRAPH_ENTRIES, GRAPH_REFUSALS } from '../testing/entries-of-graphs.ts'
import { REPOSITORY_ENTRIES } from '../testing/entries-of-samples.ts'
import type { Normalised } from './adapter.ts'
import { ADAPTERS } from './index.ts'
import { readRecord } from './read-record.ts'

const root = join(import.meta.dirname, '../../../..')
const samples = join(resolve(root, process.env.ATLAS_SHARED ?? '../shared'), 'data/samples')
const absent = existsSync(samples) ? false : 'the sample records are not beside this clone'

/** What is refused of the samples, and why; everything else must be read. */
const REFUSED: Readonly<Record<string, string | readonly string[]>> = {
  ...GRAPH_REFUSALS,
  'openalex/dspace-openalex-person-single.json': 'invalid_enum', // a person
  'datacite/arxiv-preprints-300-published-doi.csv': 'unexpected_format',
  'arxiv/atom/id_abc_s0_m100_b79c8dcf6bc3.xml': 'invalid_field', // an error of the API, as an entry
  'hal/oai_dc/oai_hal.archives-ouvertes.fr_hal-00939473.xml': 'unexpected_format', // an error of OAI-PMH
  'dblp/dblp-cacm-91.xml': 'xml_not_well_formed', // its last tag opens where it should close; all 91 are read
  'hal/tei/co-formatter-hal2.xml': 'missing_field', // made by others, who left out the id
  'hal/tei/co-formatter-hal_monogr.xml': 'missing_field',
  'sudoc/journal.rdf': 'invalid_enum', // a journal, which is no work
}

async function filesOf(source: string): Promise<string[]> {
  if (!existsSync(join(samples, source))) return []
  const all = await readdir(join(samples, source), { recursive: true, withFileTypes: true })
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => relative(samples, join(entry.parentPath, entry.name)))
    .sort()
}

const cut = new Map<string, Promise<Framed[]>>()

/** Each file is cut once for all tests. */
function framedOf(source: string, file: string): Promise<Framed[]> {
  const known = cut.get(file) ?? cutFile(source, file)
  cut.set(file, known)
  return known
}

async function cutFile(source: string, file: string): Promise<Framed[]> {
  const adapter = ADAPTERS.get(source)
  if (adapter === undefined) throw new Error(`no adapter for "${source}"`)
  const stream = decompress(createReadStream(join(samples, file)), 'auto')
  return Array.fromAsync(recordsOfFile(stream, { adapter, fileName: file }))
}

interface Read {
  readonly records: Normalised[]
  readonly refusals: string[]
}

async function read(source: string, file: string): Promise<Read> {
  const adapter = ADAPTERS.get(source)
  const [records, refusals]: [Normalised[], string[]] = [[], []]
  for (const framed of await framedOf(source, file)) {
    const result = framed.ok && adapter !== undefined ? readRecord(adapter, framed.element) : undefined
    if (result?.ok) records.push(result.record)
    else refusals.push(framed.ok ? (result?.ok === false && result.errors[0]?.code) || 'none' : framed.error.code)
  }
  return { records, refusals }
}

type Json = Record<string, unknown>
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const inside = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((one, key) => (one as Json | undefined)?.[key], value)

/** Every JSON object of a file that looks like a record of the source, found without any of our code. */
function rawObjects(text: string): Json[] {
  const documents =
    text.trimStart().startsWith('[') || text.includes('\n{') === false || text.startsWith('{\n')
      ? [text]
      : text.trim().split('\n')
  return documents.flatMap((document) => {
    const value = JSON.parse(document) as Json
    for (const path of [['results'], ['message', 'items'], ['response', 'docs'], ['data']]) {
      if (Array.isArray(inside(value, ...path))) return list(inside(value, ...path))
    }
    if (Array.isArray(value)) return list(value)
    const one = value.message ?? (value.data !== undefined && value.attributes === undefined ? value.data : value)
    return [one as Json]
  })
}

/** How many entries the bylines of a file have, counted straight in the raw text. */
const ENTRIES: Readonly<Record<string, (text: string) => number[]>> = {
  ...GRAPH_ENTRIES,
  ...REPOSITORY_ENTRIES,
  openalex: (text) =>
    rawObjects(text)
      .filter(({ id }) => String(id).includes('/W'))
      .map((work) => list(work.authorships).length),
  crossref: (text) => rawObjects(text).map((work) => list(work.author).length || list(work.editor).length),
  datacite: (text) => rawObjects(text).map((record) => list(inside(record, 'attributes', 'creators')).length),
  hal: (text) => (text.startsWith('<') ? halXml(text) : rawObjects(text).map(halJson)),
  dblp: (text) => (text.startsWith('<') ? dblpXml(text) : dblpBibtex(text)),
  opencitations: (text) =>
    text.startsWith('"id"')
      ? [...text.matchAll(/^"doi:.*$/gm)].map(([row]) => {
          const cells = row.slice(1, -1).split('","')
          return [cells[2], cells[10]].flatMap((people) => (people ? people.split('; ') : [])).length
        })
      : rawObjects(text).map(({ author }) => (typeof author === 'string' ? author.split('; ').length : 0)),
  pubmed: (text) => [
    ...text
      .split(/<PubmedArticle>/)
      .slice(1)
      // What is not valid is a misspelt name beside the right one.
      .map((article) => article.split(/<Author(?! ValidYN="N")[ >]/).length - 1),
    ...(text.split('<DeleteCitation>')[1] ?? '')
      .split('<PMID')
      .slice(1)
      .map(() => 0),
  ],
  arxiv: (text) =>
    text
      .split(/<entry>|<record>/)
      .slice(1)
      .filter((entry) => !entry.includes('api/errors'))
      .map((entry) => entry.split(/<author>/).length - 1),
}

function dblpXml(text: string): number[] {
  return text
    .split(/<(?=[a-z]+ [^>]*key=)/)
    .slice(1)
    .map((element) => (/^www [^>]*homepages/.test(element) ? 0 : element.split(/<(?:author|editor)[ >]/).length - 1))
}

function dblpBibtex(text: string): number[] {
  const people = /^ {2}(?:author|editor) +=(.*?\}),\n(?= {2}\w)/gms
  return text
    .split(/^@/m)
    .slice(1)
    .map((entry) => [...entry.matchAll(people)].flatMap(([, names = '']) => names.split(/\sand\s/)).length)
}

function halJson(doc: Json): number {
  const lists = ['authFullNameFormIDPersonIDIDHal_fs', 'authFullName_s', 'authLastName_s'].map(
    (key) => list(doc[key]).length,
  )
  return lists.find((length) => length > 0) ?? 0
}

function halXml(text: string): number[] {
  if (text.includes('<OAI-PMH'))
    return text
      .split('<record>')
      .slice(1)
      .map((record) => record.split('<dc:creator>').length - 1)
  const title = text.split('<titleStmt>').at(-1)?.split('</titleStmt>')[0] ?? ''
  const analytic = text.split('<analytic>')[1]?.split('</analytic>')[0] ?? ''
  const count = (part: string) => part.split(/<author[ >]/).length - 1
  return /type="halId"/.test(text) ? [count(title) || count(analytic)] : []
}

describe.each([...ADAPTERS.keys()])('%s', (source) => {
  it.skipIf(absent)('every record of every file is read, or refused with a documented code', async () => {
    for (const file of await filesOf(source)) {
      const { records, refusals } = await read(source, file)
      expect({ file, refusals }).toEqual({ file, refusals: [REFUSED[file] ?? []].flat() })
      for (const { sourceId, type, sourceUpdatedAt } of records) {
        expect(ADAPTERS.get(source)?.idOf(sourceId)).toBe(sourceId)
        expect(sourceId).not.toBe('')
        expect(type).not.toBe('')
        expect(sourceUpdatedAt ?? 0).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it.skipIf(absent)('no author is dropped or added', async () => {
    for (const file of await filesOf(source)) {
      const { records } = await read(source, file)
      if (REFUSED[file] !== undefined && records.length === 0) continue
      const count = ENTRIES[source]
      if (count === undefined) throw new Error(`say in ENTRIES how the authors in a file of "${source}" are counted`)
      const counted = count(await readFile(join(samples, file), 'utf8'))
      expect({ file, entries: records.map(({ authors }) => authors.length) }).toEqual({ file, entries: counted })
      for (const { authors } of records)
        expect(authors.map(({ position }) => position)).toEqual(authors.map((_, at) => at + 1))
    }
  })

  it.skipIf(absent)('no markup is left in titles and names', async () => {
    for (const file of await filesOf(source)) {
      for (const { titles, authors } of (await read(source, file)).records) {
        for (const text of [...titles.map((title) => title.text), ...authors.map(({ name }) => name)]) {
          expect(text).not.toMatch(/<\/?(?:i|b|em|su[bp]|p|span|jats:\w+|mml:\w+)[ >/]|&[a-z]+;|&#/i)
          expect(text).toBe(text.replace(/\s+/gu, ' ').trim())
        }
      }
    }
  })

  it.skipIf(absent)(
    'the bytes of each record stand in the file, in order, and read alone as they do there',
    async () => {
      const adapter = ADAPTERS.get(source)
      for (const file of await filesOf(source)) {
        const whole = await readFile(join(samples, file))
        let last = -1
        for (const framed of await framedOf(source, file)) {
          if (!framed.ok || adapter === undefined) continue
          const { bytes, offset, format, context } = framed.element
          expect(offset).toBeGreaterThan(last)
          expect(whole.subarray(offset, offset + bytes.length).equals(bytes)).toBe(true)
          last = offset
          if (format !== 'json')
            expect(readRecord(adapter, { format, bytes, context })).toEqual(readRecord(adapter, framed.element))
        }
      }
    },
  )
})

it.skipIf(absent)(
  'of two pulls of 100 works, the stamps are those of the source, also where it set them back',
  async () => {
    const later = (await read('openalex', 'openalex/works-biodiversity-finance.jsonl')).records
    const earlier = (await read('openalex', 'openalex/works-biodiversity-finance-earlier-version.jsonl')).records
    const stamps = new Map(later.map(({ sourceId, sourceUpdatedAt }) => [sourceId, sourceUpdatedAt ?? 0]))
    const moved = Object.groupBy(earlier, ({ sourceId, sourceUpdatedAt }) => {
      const by = (stamps.get(sourceId) ?? Number.NaN) - (sourceUpdatedAt ?? 0)
      return by > 0 ? 'on' : by < 0 ? 'back' : by === 0 ? 'equal' : 'missing'
    })
    const ids = (records: readonly Normalised[] = []) => records.map(({ sourceId }) => sourceId)
    // For two of them the earlier pull has the newer stamp: whatever the order of arrival, it stays the current version.
    expect([ids(moved.on).length, ids(moved.equal).length, ids(moved.back), ids(moved.missing)]).toEqual([
      59,
      39,
      ['W1483340617', 'W1488869748'],
      [],
    ])
  },
)

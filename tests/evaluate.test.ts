import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { atlas } from './support/atlas.ts'

const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

// The whole path a person takes, over three records; what the figures are is tested where they are made.
describe('atlas match and atlas evaluate', () => {
  let folder: string
  const at = (name: string) => join(folder, name)
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'atlas-evaluate-'))
    const record = (id: string, other: string) => ({
      id,
      title: id,
      year: 2010,
      authors: [{ name: 'Ada Mirski' }, { name: other }],
    })
    const [seed, one, two] = [record('seed', 'Bo Larsen'), record('one', 'Bo Larsen'), record('two', 'Chidi Okafor')]
    const slot = (id: string) => ({ record: id, slot: 0 })
    writeFileSync(at('records.jsonl'), lines([seed, one, two]))
    writeFileSync(at('profiles.jsonl'), lines([{ id: 'ada', names: ['Ada Mirski'], seeds: [slot('seed')] }]))
    writeFileSync(
      at('stream.jsonl'),
      lines([
        { ...slot('one'), profile: 'ada' },
        { ...slot('two'), profile: null },
      ]),
    )
    writeFileSync(at('pairs.jsonl'), lines([{ left: slot('seed'), right: slot('one'), same: true, split: 'test' }]))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('matches a stream, scores the lines, and writes a report', async () => {
    const matched = await atlas(['match', 'authors', '--data', folder, '--out', at('out.ndjson')])
    expect(matched).toMatchObject({ exitCode: 0, stdout: '' })
    const written = readFileSync(at('out.ndjson'), 'utf8')
    expect(written).toMatch(
      /^\{"record":"one","slot":0,"accepted":"ada","proposals":\[\{"profile":"ada","p":0\.\d{1,6}\}\]\}\n\{"record":"two"/,
    )
    const scored = await atlas([
      'evaluate',
      'authors',
      '--data',
      folder,
      '--matches',
      at('out.ndjson'),
      '--json',
      '--errors',
    ])
    expect(scored.lines).toMatchObject([{ recallAt1: 1, nilTotal: 1, recall: 1, errors: expect.any(Array) }])
    const other = await atlas(['evaluate', 'authors', '--data', folder, '--against', at('out.ndjson')])
    expect(other.stdout).toMatch(/f1 +\+0\.0000 +\+0\.0000 to \+0\.0000/)
    const report = await atlas(['evaluate', 'authors', '--data', folder, '--report', at('report'), '--errors'])
    expect(report.stdout).toContain('shared-coauthors')
    expect(readFileSync(at('report/report.html'), 'utf8')).toContain('</html>')
    expect(JSON.parse(readFileSync(at('report/report.json'), 'utf8'))).toMatchObject({ withAnswers: { recall: 1 } })
  })

  it('matches and scores pairs, by a baseline as well', async () => {
    await atlas(['match', 'pairs', '--data', folder, '--out', at('pairs.ndjson')])
    expect(readFileSync(at('pairs.ndjson'), 'utf8')).toMatch(
      /^\{"left":\{"record":"seed","slot":0\},"right":\{"record":"one","slot":0\},"p":/,
    )
    const scored = await atlas(['evaluate', 'pairs', '--data', folder, '--baseline', 'only-forename', '--json'])
    expect(scored.lines).toMatchObject([
      { model: 'only-forename', precision: 1, recall: 1, splits: [{ split: 'test' }] },
    ])
  })

  it('makes a set of records that carry ORCIDs, and measures on it', async () => {
    const orcids = Array.from({ length: 9 }, (_, at) => `https://orcid.org/${withCheckDigit(`00000002182500${at}`)}`)
    const works = [2001, 2002].map((year) => ({
      DOI: `10.5555/${year}`,
      type: 'journal-article',
      title: [`A year in the marshes, ${year}`],
      issued: { 'date-parts': [[year]] },
      author: orcids.map((ORCID, at) => ({ given: 'Ada', family: `Mirski${'abcdefghi'[at]}`, ORCID })),
    }))
    mkdirSync(at('raw/crossref'), { recursive: true })
    writeFileSync(at('raw/crossref/works.jsonl'), lines(works))
    const made = await atlas(['evaluate', 'make', '--from-orcids', at('raw'), '--out', at('silver')])
    expect(made).toMatchObject({ exitCode: 0, stderr: '' })
    const [{ profiles = 0 } = {}] = made.lines as { profiles?: number }[]
    expect(profiles).toBeGreaterThan(0)
    expect(made.lines).toMatchObject([{ works: 2, items: 18 - profiles, truths: profiles }])
    const scored = await atlas(['evaluate', 'authors', '--data', at('silver'), '--baseline', 'only-forename', '--json'])
    expect(scored.lines).toMatchObject([{ set: 'silver', precision: 1, recall: 1, nilAccepted: 0 }])
    mkdirSync(at('persons'))
    for (const number of ['0001', '0002', '0003', '0004', '0005', '0006']) {
      const entry = (year: number) =>
        `@article{${number}/${year}, author = {Ada Mirski and Bo Larsen}, title = {On moss}, year = {${year}}}\n`
      writeFileSync(at(`persons/Mirski_${number}_Ada.bib`), entry(2001) + entry(2002))
    }
    const persons = await atlas(['evaluate', 'make', '--from-persons', at('persons'), '--out', at('homonyms')])
    expect(persons.lines).toMatchObject([{ works: 12, profiles: expect.any(Number) }])
    const nothing = await atlas(['evaluate', 'make', '--from-orcids', at('nowhere'), '--out', at('silver')])
    expect(nothing.exitCode).toBe(1)
  })

  it('says which line of which file is wrong', async () => {
    writeFileSync(at('stream.jsonl'), lines([{ record: 'one', slot: 7, profile: null }]))
    const { exitCode, stderr } = await atlas(['match', 'authors', '--data', folder, '--out', at('out.ndjson')])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'stream.jsonl:1: no slot 7 in record "one", which has 2 authors\n',
    })
    const unknown = await atlas(['match', 'pairs', '--data', folder, '--out', at('out.ndjson'), '--model', 'best'])
    expect(unknown.stderr).toContain('no model "best"; there is ')
  })
})

/** An iD of fifteen digits with its check digit, by ISO 7064. */
function withCheckDigit(digits: string): string {
  let total = 0
  for (const digit of digits) total = (total + Number(digit)) * 2
  const check = (12 - (total % 11)) % 11
  return `${digits}${check === 10 ? 'X' : check}`.replace(/(.{4})(?=.)/g, '$1-')
}

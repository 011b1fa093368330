import { describe, expect, test } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { clusterWorks } from './cluster.ts'
import { identifierKeysOf } from './identifiers.ts'
import { OTHER_SCHEMES, WORK_SCHEMES } from './schemes.ts'

/** One thing as two sources name it: by as little else as a title in two languages. */
const worksOf = (here: string, there: string, titles = ['Moos und Farn im Hochmoor', 'Of mosses and ferns']) => {
  const [one, other] = titles.map((title, at) =>
    aRecord({ source: at === 0 ? 'hal' : 'sudoc', id: `R${at}`, title, ids: [[here, there][at] ?? ''] }),
  )
  return clusterWorks({ records: [one!, other!], constraints: [] }).length
}

// As one source writes it and as another does.
const WRITTEN: Readonly<Record<string, readonly [string, string]>> = {
  doi: ['10.5555/moss.1', '10.5555/moss.1'],
  arxiv: ['2101.00001v2', '2101.00001'],
  hal: ['hal-01246266v3', 'hal-01246266'],
  nnt: ['2019lysem032', '2019LYSEM032'],
  sudoc: ['01234567x', '01234567X'],
  europepmc: ['MED:31234567', 'med:31234567'],
  mr: ['MR0012345', '12345'],
  zbl: ['Zbl1234.56789', '1234.56789'],
  wos: ['WOS:000324', '000324'],
  rfc: ['RFC2119', '2119'],
  oai: ['oai:Moss.Example:Aa1', 'oai:moss.example:Aa1'],
}

describe('a scheme', () => {
  test.each([...WORK_SCHEMES.keys()])('%s names one work: two sources that share only that are one', (scheme) => {
    const [here, there] = WRITTEN[scheme] ?? ['one-4711', 'one-4711']
    expect(worksOf(`${scheme}:${here}`, `${scheme}:${there}`)).toBe(1)
    expect(worksOf(`${scheme}:${here}`, `${scheme}:${there.replace(/\d$/, '9')}8`)).toBe(2)
  })

  test.each([...OTHER_SCHEMES.keys(), 'moss lab'])('%s does not', (scheme) => {
    expect(worksOf(`${scheme}:one-4711`, `${scheme}:one-4711`)).toBe(2)
    expect(identifierKeysOf({ scheme, value: 'one-4711' })).toEqual([])
  })

  test('gives no key of a value that no index holds', () => {
    expect(identifierKeysOf({ scheme: 'handle', value: 'x'.repeat(500) })).toHaveLength(1)
    expect(identifierKeysOf({ scheme: 'handle', value: 'x'.repeat(501) })).toEqual([])
  })

  test('stands in one table', () => {
    expect([...WORK_SCHEMES.keys()].filter((scheme) => OTHER_SCHEMES.has(scheme))).toEqual([])
  })

  test('is not enough where all else is another: whose number was typed in by mistake stays apart', () => {
    const [one, other] = ['nnt:2019LYSEM032', 'nnt:2019LYSEM032'].map((id, at) =>
      aRecord({
        id: `R${at}`,
        title: ['Mosses of bogs', 'Ferns in caves'][at] ?? '',
        by: [['Ada A'], ['Bo B']][at] ?? [],
        ids: [id],
      }),
    )
    expect(clusterWorks({ records: [one!, other!], constraints: [] })).toHaveLength(2)
  })
})

import { describe, expect, test } from 'vitest'
import { aRecord, type RecordSketch } from '../testing/a-record.ts'
import type { Constraint, LinkageRecord, WorkRole } from '../types.ts'
import { clusterWorks } from './cluster.ts'

const article = aRecord({ id: 'A', source: 'crossref', year: 2018, ids: ['doi:10.5555/a'], venue: 'Bay Studies' })
const other = (sketch: RecordSketch): LinkageRecord => aRecord({ id: 'X', year: 2018, ...sketch })
const must = (a: LinkageRecord, b: LinkageRecord, role: WorkRole | null = null): Constraint => ({
  recordA: a.recordId,
  recordB: b.recordId,
  kind: 'must',
  actId: 'm',
  role: role === null ? null : { recordId: b.recordId, role },
})
const placed = (records: readonly LinkageRecord[], constraints: readonly Constraint[] = []): readonly string[] =>
  clusterWorks({ records, constraints })
    .flatMap(({ members }) => members)
    .filter(({ sourceId }) => sourceId !== 'A')
    .map(({ sourceId, role, versionKind }) => `${sourceId} ${role}${versionKind === null ? '' : ` ${versionKind}`}`)

describe('the role of what rules join', () => {
  test.each<readonly [string, RecordSketch, string]>([
    ['another source of the same', { ids: ['doi:10.5555/a'] }, 'duplicate'],
    ['its kind told otherwise, under one identifier', { ids: ['doi:10.5555/a'], type: 'review' }, 'duplicate'],
    ['its kind not told', { ids: ['doi:10.5555/a'], type: 'other' }, 'duplicate'],
    ['the preprint', { type: 'preprint', ids: ['arxiv:1801.00001'] }, 'version preprint'],
    ['a preprint that says so', { ids: ['doi:10.1101/1', 'preprint_of doi:10.5555/a'] }, 'version preprint'],
    ['the manuscript in a repository', { ids: ['doi:10.5281/zenodo.1'] }, 'version accepted'],
    ['a version that says no more', { ids: ['doi:10.5555/b', 'version_of doi:10.5555/a'] }, 'version other'],
    [
      'the paper of a meeting that says so',
      { type: 'conference-paper', ids: ['doi:10.5555/b', 'version_of doi:10.5555/a'], venue: 'Proc. Tides' },
      'version conference',
    ],
    [
      'a translation that says so',
      { title: 'Sur la mesure des courants', year: 2020, ids: ['doi:10.5555/t', 'translation_of doi:10.5555/a'] },
      'version translation',
    ],
    ['the paper of a meeting', { type: 'conference-paper', venue: 'Proceedings of Tides' }, 'version conference'],
    ['the same paper of two kinds', { type: 'conference-paper', venue: 'Bay Studies' }, 'duplicate'],
  ])('%s', (_name, sketch, role) => {
    expect(placed([article, other(sketch)])).toEqual([`X ${role}`])
  })

  test('of one DOI, and one does not say what it is: no version', () => {
    const untold = aRecord({ id: 'A', type: 'other', ids: ['doi:10.53731/1'] })
    expect(placed([untold, other({ source: 'crossref', type: 'preprint', ids: ['doi:10.53731/1'] })])).toEqual([
      'X duplicate',
    ])
  })

  test('what describes a version is of the version', () => {
    const version = (id: string, source: string, n: number): LinkageRecord =>
      aRecord({ id, source, type: 'dataset', ids: [`doi:10.5555/d${n}`, 'version_of doi:10.5555/d'] })
    const records = [version('A', 'crossref', 1), version('D2', 'hal', 2), version('E2', 'core', 2)]
    expect(placed(records)).toEqual(['D2 version other', 'E2 version other'])
  })

  test('a preprint leads back to the article', () => {
    const preprint = other({ type: 'preprint', source: 'arxiv', ids: ['arxiv:1801.00001'] })
    const untitled = other({ id: 'Y', source: 'core', title: null, ids: ['has_preprint arxiv:1801.00001'] })
    expect(placed([article, preprint, untitled])).toEqual(['Y duplicate', 'X version preprint'])
  })

  test('the article that a repository holds with the id of its preprint', () => {
    const preprint = other({
      type: 'preprint',
      source: 'arxiv',
      ids: ['arxiv:1801.00001', 'preprint_of doi:10.5555/a'],
    })
    const held = other({ id: 'Y', source: 'hal', ids: ['hal:hal-1', 'doi:10.5555/a', 'has_preprint arxiv:1801.00001'] })
    expect(placed([article, preprint, held])).toEqual(['Y duplicate', 'X version preprint'])
    expect(placed([preprint, held])).toEqual(['Y primary', 'X version preprint'])
    const listed = other({ id: 'Z', source: 'orcid', ids: ['doi:10.5555/a', 'has_preprint arxiv:1801.00001'] })
    expect(placed([preprint, held, listed])).toEqual(['Y primary', 'Z duplicate', 'X version preprint'])
  })
})

describe('the role of what a person joins', () => {
  test.each<readonly [string, RecordSketch, string]>([
    ['a correction', { title: 'Erratum: On the measurement of tidal currents' }, 'erratum'],
    ['a notice of retraction', { title: 'Retraction: On the measurement of tidal currents' }, 'retraction'],
    [
      'a notice known by what it says it retracts',
      { title: 'Note from the editors', ids: ['doi:10.5555/r', 'retraction_of doi:10.5555/a'] },
      'retraction',
    ],
  ])('%s', (_name, sketch, role) => {
    expect(placed([article, other(sketch)], [must(article, other(sketch))])).toEqual([`X ${role}`])
  })

  test.each<WorkRole>(['part', 'erratum', 'retraction', 'version', 'duplicate'])('is the %s he says', (role) => {
    const x = other({ title: 'Sea otters', ids: ['doi:10.5555/x'] })
    const expected = role === 'version' ? 'version other' : role
    expect(placed([article, x], [must(article, x, role)])).toEqual([`X ${expected}`])
  })

  test('the kind of a version that he names is told from the records', () => {
    const french = { ...other({ title: 'Sur la mesure', ids: ['doi:10.5555/t'] }), language: 'fr' }
    const english = { ...article, language: 'en' }
    expect(placed([english, french], [must(english, french, 'version')])).toEqual(['X version translation'])
  })

  test('what describes a chapter, an erratum or a notice is one, too', () => {
    const x = other({ title: 'Sea otters of the bay', ids: ['doi:10.5555/x'] })
    const y = other({ id: 'Y', title: 'Sea otters of the bay', ids: ['doi:10.5555/x'] })
    for (const role of ['part', 'erratum', 'retraction'] as const)
      expect(placed([article, x, y], [must(article, x, role)]).toSorted()).toEqual([`X ${role}`, `Y ${role}`])
  })

  test('a work is retracted by its own record or by a notice, not by a withdrawn preprint', () => {
    const retracted = (records: readonly LinkageRecord[], constraints: readonly Constraint[] = []): boolean =>
      clusterWorks({ records, constraints }).some(({ flags }) => flags.includes('retracted'))
    const preprint = { ...other({ type: 'preprint', ids: ['arxiv:1801.00001'] }), retracted: true }
    expect(retracted([article, preprint])).toBe(false)
    expect(retracted([preprint])).toBe(true)
    expect(retracted([{ ...article, retracted: true }, preprint])).toBe(true)
    const notice = other({ title: 'Retraction: On the measurement of tidal currents' })
    expect(retracted([article, notice])).toBe(false)
    expect(retracted([article, notice], [must(article, notice)])).toBe(true)
  })
})

import { createOutbox, openDatabase } from '@atlas/runtime'
import { type RecordSnapshot, TOPICS } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainWork } from './explain.ts'
import { aCurator, CURATOR } from './testing/a-curator.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, createOutbox({ works: TOPICS.works }))

const TITLE = 'Drift of plastic in northern estuaries'
const aSource = (source: string, over: Partial<RecordSnapshot> & { readonly doi?: string } = {}): RecordSnapshot => {
  const { doi, ...rest } = over
  return { ...aRecord({ source, sourceId: source, title: TITLE, ...(doi === undefined ? {} : { doi }) }), ...rest }
}
const article = aSource('crossref', { doi: '10.5555/a' })
const copy = aSource('pubmed', { doi: '10.5555/a' })
const preprint = aSource('arxiv', { type: 'preprint', doi: '10.48550/arxiv.1801.00001' })
const chapter = { ...aRecord({ source: 'hal', sourceId: 'chapter', title: 'Sea otters of the bay', doi: '10.5555/c' }) }
const elsewhere = aSource('openalex', { doi: '10.5555/z' })
const cutOff = aSource('dblp')
const notice: RecordSnapshot = {
  ...aRecord({ source: 'core', sourceId: 'notice', title: `Retraction: ${TITLE}` }),
  identifiers: [{ scheme: 'doi', value: '10.5555/a', relation: 'retraction_of' }],
}

const graphOf = async (record: RecordSnapshot) => {
  const work = await curator.workOf(record)
  const explained = await explainWork(database, work?.workId ?? '')
  if (!explained) throw new Error('no such work')
  return explained.graph
}
const nameOf = (id: string) =>
  [article, copy, preprint, chapter, elsewhere, cutOff, notice].find(({ recordId }) => recordId === id)?.source ?? id
const between = ({ left, right }: { readonly left: string; readonly right: string }) =>
  [nameOf(left), nameOf(right)].toSorted().join(' — ')

beforeAll(async () => {
  await matcher.records(article, copy, preprint, chapter, notice)
  await curator.link(chapter, article, 'part')
  await matcher.records(elsewhere)
  await matcher.records(cutOff)
  await curator.cut(cutOff)
})

describe('the graph of a work', () => {
  test('has every member with what it is, and the rule and the record that made it one', async () => {
    const { nodes, complete } = await graphOf(article)
    expect(complete).toBe(true)
    expect(nodes.map(({ source, role, versionKind, reason }) => [source, role, versionKind, reason])).toEqual([
      ['crossref', 'primary', null, 'founder'],
      ['pubmed', 'duplicate', null, 'same-id'],
      ['arxiv', 'version', 'preprint', 'preprint-article'],
      ['hal', 'part', null, 'must-link'],
    ])
    expect(nodes.slice(1).map(({ linkedTo }) => linkedTo)).toEqual(
      [article, article, article].map((one) => one.recordId),
    )
    expect(nodes[0]).toMatchObject({ title: TITLE, year: 2020, type: 'article', retracted: false })
  })

  test('has all links among the members with their evidence, not only those of the tree', async () => {
    const { links } = await graphOf(article)
    expect(links.map((link) => `${between(link)} ${link.reason}`).toSorted()).toEqual([
      'arxiv — crossref preprint-article',
      'arxiv — pubmed preprint-article',
      'crossref — pubmed same-id',
    ])
    for (const { evidence, status } of links) {
      expect(evidence).toContain('title: equal')
      expect(['exact', 'strong']).toContain(status)
    }
  })

  test('has what is held apart, with the rule or the ruling that does it', async () => {
    const { heldApart } = await graphOf(article)
    const apart = new Map(heldApart.map((one) => [nameOf(one.record.recordId), one]))
    expect([...apart.keys()].toSorted()).toEqual(['dblp', 'openalex'])
    const byRule = apart.get('openalex')
    expect(byRule?.link && between(byRule.link)).toBe('arxiv — openalex')
    expect(byRule?.by?.reason).toBe('other-doi')
    expect(byRule?.beside?.source).toBe('openalex')
    const byRuling = apart.get('dblp')
    expect(byRuling?.rulingId).toEqual(expect.any(String))
    expect(byRuling?.workId).toBe((await curator.workOf(cutOff))?.workId)
  })

  test('has who ruled, and why', async () => {
    const { rulings, heldApart } = await graphOf(article)
    expect(rulings.map(({ kind, role, actor, inForce }) => ({ kind, role, actor, inForce }))).toEqual([
      { kind: 'link', role: 'part', actor: CURATOR.actor, inForce: true },
      { kind: 'cut', role: null, actor: CURATOR.actor, inForce: true },
    ])
    expect(rulings.map(({ rulingId }) => rulingId)).toContain(heldApart.find(({ rulingId }) => rulingId)?.rulingId)
  })

  test('has the works that identifiers relate it to, as seen from it', async () => {
    const { related } = await graphOf(article)
    const found = related.map(({ workId, relation, value }) => ({ workId, relation, value }))
    const retraction = await curator.workOf(notice)
    expect(found).toContainEqual({ workId: retraction?.workId, relation: 'has_retraction', value: '10.5555/a' })
    const [other] = (await graphOf(notice)).related
    expect(other).toMatchObject({ relation: 'retraction_of', workId: (await curator.workOf(article))?.workId })
  })

  test('of a large work has the way of each member to the primary record, and is called incomplete', async () => {
    await matcher.clear()
    const many = Array.from({ length: 90 }, (_, at) =>
      aRecord({ source: 'hal', sourceId: `many ${at}`, title: TITLE, doi: '10.5555/a' }),
    )
    for (let at = 0; at < many.length; at += 45) await matcher.records(...many.slice(at, at + 45))
    const { nodes, links, complete, against } = await graphOf(many[0]!)
    expect([nodes.length, complete, against.length]).toEqual([90, false, 0])
    const linked = new Set(links.flatMap(({ left, right }) => [left, right]))
    expect(linked.size).toBe(90)
    expect(links.length).toBeLessThan(180)
  })
})

import { openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aMatcher } from './testing/a-matcher.ts'
import { anAnswer, aProfile, aRecord, uuidOf } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const matcher = aMatcher(database, admin)

const NAME = 'Jonas Martin'
const AT = { affiliation: 'Collegium Borealis', ror: '03yrm5c26' }
const ELSEWHERE = { affiliation: 'Universitas Miskatonica', ror: '02mhbdp94' }
const record = (sourceId: string, where: object, ...others: readonly string[]) =>
  aRecord({ sourceId, doi: `10.5555/${sourceId}`, authors: [{ name: NAME, ...where }, ...others] })
const decided = record('decided', AT, 'Oluwaseun Adeyemi-Babatunde')
const withCoauthor = record('with', {}, 'Oluwaseun Adeyemi-Babatunde')
const alike = record('alike', AT)
const unlike = record('unlike', ELSEWHERE, 'Thjodhildur Sigurbjornsdottir')
const all = [decided, withCoauthor, alike, unlike]

/** What is said of each person and work by now; nothing where it is not published. */
async function scores() {
  const { rows } = await database.query<{ profile_id: string; title: string; score: number }>(
    "select profile_id, content->>'title' as title, score from candidates where not withdrawn",
  )
  return (person: string, { title }: RecordSnapshot) =>
    rows.find((row) => row.profile_id === uuidOf(person) && row.title === title)?.score ?? 0
}

async function decide(person: string, seq: number, kind: 'confirm' | 'reject' | 'reopen', given: RecordSnapshot) {
  await matcher.acts(anAnswer(person, seq, kind, given))
  await admin.query('delete from outbox_references')
  await matcher.settle()
}

async function told(): Promise<number> {
  const { rows } = await database.query<{ n: number }>(
    "select count(distinct object_id) as n from outbox_references where topic = 'candidates'",
  )
  return rows[0]?.n ?? 0
}

describe('what a person says of one candidate', () => {
  beforeEach(async () => {
    await matcher.clear()
    await matcher.profiles(aProfile({ id: 'p', names: [NAME] }), aProfile({ id: 'q', names: [NAME] }))
    await matcher.records(...all)
    await matcher.settle()
  })

  test('raises the others that a shared co-author speaks for, lowers his namesake there, and is taken back', async () => {
    const before = await scores()
    await decide('p', 1, 'confirm', decided)
    const after = await scores()
    expect(after('p', decided)).toBeGreaterThan(0.99)
    expect(after('q', decided)).toBe(0)
    expect(after('p', withCoauthor)).toBeGreaterThan(before('p', withCoauthor))
    expect(after('p', alike)).toBeGreaterThan(before('p', alike))
    expect(after('q', withCoauthor)).toBeLessThan(before('q', withCoauthor))
    expect(after('p', withCoauthor)).toBeGreaterThan(after('p', unlike))
    await decide('p', 2, 'reopen', decided)
    const again = await scores()
    for (const person of ['p', 'q']) for (const one of all) expect(again(person, one)).toBe(before(person, one))
  })

  test('lowers the others that resemble what he rejected, and his namesake gains there', async () => {
    const before = await scores()
    await decide('p', 1, 'reject', decided)
    const after = await scores()
    expect(after('p', decided)).toBe(0)
    expect(after('p', alike)).toBeLessThan(before('p', alike))
    expect(after('q', decided)).toBeGreaterThan(before('q', decided))
    expect(after('q', alike)).toBeGreaterThan(before('q', alike))
    expect(after('p', unlike)).toBe(before('p', unlike))
  })

  test('is evidence as long as its record is there', async () => {
    const before = await scores()
    await decide('p', 1, 'confirm', decided)
    expect((await scores())('p', withCoauthor)).toBeGreaterThan(before('p', withCoauthor))
    await matcher.records({ ...decided, version: 2, deleted: true })
    await matcher.settle()
    const after = await scores()
    for (const one of [withCoauthor, alike, unlike]) expect(after('p', one)).toBe(before('p', one))
  })

  test('is told of those only whose score or reasons are others', async () => {
    await decide('p', 1, 'reject', decided)
    // On the three works that it bears on, both of them.
    expect(await told()).toBeLessThanOrEqual(6)
    await decide('p', 2, 'reject', decided)
    expect(await told()).toBe(0)
  })
})

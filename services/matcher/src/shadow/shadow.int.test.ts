import { randomUUID } from 'node:crypto'
import { ATTRIBUTION_2, parseVariation, type RuleSet, SHIPPED_RULES, variedRules } from '@atlas/linkage'
import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { workText } from '../digest.ts'
import { matchRecord } from '../handlers/match-record.ts'
import type { WorkContent } from '../place/make-work.ts'
import { findRematch, rematchStep } from '../rematch.ts'
import { adoptRules } from '../rules.ts'
import { saveModel } from '../store/models.ts'
import { listWorkIds, loadPublishedWorks } from '../store/published.ts'
import { findRulesInUse } from '../store/rules.ts'
import { findShadow } from '../store/shadow.ts'
import { listChanges, summariseChanges } from '../store/shadow-changes.ts'
import { aWorld } from '../testing/a-history.ts'
import { aMatcher } from '../testing/a-matcher.ts'
import { anAnswer, aProfile, aRecord, received } from '../testing/a-world.ts'
import { inOneBatch } from '../testing/one-batch.ts'
import { untilMet } from '../testing/until-met.ts'
import type { ChangeKind, ForecastChange } from './forecast.ts'
import { SHADOW_PAGES, shadowStep } from './shadow.ts'
import { applyShadow, cancelShadow, startShadow } from './switch-rules.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const matcher = aMatcher(database, admin)

const step = () => shadowStep(database, quiet)
const rematch = () => rematchStep(database, matcher.parts.outbox, quiet)
const start = (rules: RuleSet) => startShadow(database, rules, randomUUID(), quiet)
const apply = () => applyShadow(database, randomUUID(), quiet)

async function shadow(rules: RuleSet, pages = SHADOW_PAGES): Promise<readonly ForecastChange[]> {
  const { runId } = await start(rules)
  while (await shadowStep(database, quiet, pages));
  expect(await findShadow(database)).toMatchObject({ runId, phase: 'done' })
  return listChanges(database, runId, { kind: null, after: null, limit: 10_000 })
}

async function finishRematch(): Promise<void> {
  while ((await findRematch(database))?.phase !== 'done') {
    await rematch()
    await matcher.settle()
  }
}

async function forget(): Promise<void> {
  await matcher.clear()
  await admin.query(
    'delete from shadow_changes; delete from shadow_keys; delete from shadow_runs; delete from rules_in_use; delete from rule_sets; delete from rematch_runs',
  )
}

beforeEach(async () => {
  await saveModel(database, ATTRIBUTION_2)
  await forget()
})

const variation = (value: unknown) => variedRules(parseVariation(value))
const STRICT = variation({
  name: 'strict',
  disable: ['like-title-authors', 'same-title-some-authors'],
  statuses: {
    'same-id': 'ambiguous',
    'preprint-article': 'weak',
    'same-title-authors': 'ambiguous',
    'like-title-year': 'weak',
  },
})
const LOOSE = variation({
  name: 'loose',
  disable: ['other-doi', 'other-authors'],
  statuses: { 'few-authors-in-common': 'strong', 'years-apart': 'strong' },
})

/** Live works as they are published, by id. */
async function published(): Promise<ReadonlyMap<string, WorkContent>> {
  const works = await loadPublishedWorks(database, await listWorkIds(database, null, 10_000))
  return new Map(works.flatMap(({ workId, state, content }) => (state === 'live' ? [[workId, content] as const] : [])))
}

const shown = (workId: string, content: WorkContent) => workText({ workId, state: 'live', content, additions: {} })

/** What became of every work, told from what is published before and after only. */
function differences(before: ReadonlyMap<string, WorkContent>, after: ReadonlyMap<string, WorkContent>) {
  const homes = (works: ReadonlyMap<string, WorkContent>) =>
    new Map([...works].flatMap(([id, { members }]) => members.map(({ recordId }) => [recordId, id] as const)))
  const [now, then] = [homes(before), homes(after)]
  const found = new Map<string, { readonly kinds: Set<ChangeKind>; readonly next: readonly string[] }>()
  for (const workId of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(workId), after.get(workId)]
    if (was && is && shown(workId, was) === shown(workId, is)) continue
    const kinds = new Set<ChangeKind>()
    const from = new Set(is?.members.flatMap(({ recordId }) => now.get(recordId) ?? []))
    const to = new Set(was?.members.flatMap(({ recordId }) => then.get(recordId) ?? []))
    if (from.size > 1) kinds.add('merges')
    if (to.size > 1) kinds.add('splits')
    if (!was) kinds.add('appears')
    if (!is) kinds.add('vanishes')
    found.set(workId, { kinds, next: is?.members.map(({ recordId }) => recordId).sort() ?? [] })
  }
  return found
}

function expectForecast(
  forecast: readonly ForecastChange[],
  before: ReadonlyMap<string, WorkContent>,
  after: ReadonlyMap<string, WorkContent>,
): void {
  const told = forecast.filter(({ kinds }) => !kinds.includes('evidence'))
  const ofMembers = new Set<ChangeKind>(['merges', 'splits', 'appears', 'vanishes'])
  const shape = told.map(({ workId, kinds, next }) => [
    workId,
    kinds.filter((kind) => ofMembers.has(kind)),
    next.map(({ recordId }) => recordId).sort(),
  ])
  const real = [...differences(before, after)].map(([workId, { kinds, next }]) => [workId, [...kinds], next])
  expect(shape).toEqual(real.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
  for (const { workId, kinds, fields } of told) {
    const [was, is] = [before.get(workId), after.get(workId)]
    if (!was || !is) continue
    const primary = ({ members }: WorkContent) => members.find(({ role }) => role === 'primary')?.recordId
    expect(kinds.includes('primary'), workId).toBe(primary(was) !== primary(is))
    expect('title' in fields, workId).toBe(was.title !== is.title)
    const slots = ({ slots }: WorkContent) =>
      JSON.stringify(
        slots.map(({ slotId, position, name, orcid, mentions }) => [
          slotId,
          position,
          name,
          orcid,
          mentions.map(({ key }) => key).sort(),
        ]),
      )
    expect(kinds.includes('slots'), workId).toBe(slots(was) !== slots(is))
  }
}

// Pages so small that what belongs together is on several of them.
const anyPages = fc.constantFrom(SHADOW_PAGES, { works: 1, records: 1 }, { works: 2, records: 3 })

test('what is told before is what comes of it; works then are those of a fresh start under the new rules', async () => {
  const met = { changes: 0, merges: 0, splits: 0 }
  await untilMet(met, { changes: 15, merges: 2, splits: 2 }, () =>
    fc.assert(
      fc.asyncProperty(aWorld, fc.constantFrom(STRICT, LOOSE), anyPages, async (world, rules, pages) => {
        await forget()
        await inOneBatch(matcher, world)
        const digest = await matcher.digest()
        await admin.query('delete from outbox_references')
        const forecast = await shadow(rules, pages)
        expect(await matcher.digest()).toEqual(digest)
        expect((await database.query('select from outbox_references union all select from to_compare')).rows).toEqual(
          [],
        )

        const before = await published()
        await apply()
        await finishRematch()
        const between = await published()
        expectForecast(forecast, before, between)
        const switched = await matcher.digest()
        expect((await inOneBatch(matcher, world)).digest).toEqual(switched)

        // And back: nothing was decided in between.
        const backwards = await shadow(SHIPPED_RULES, pages)
        await apply()
        await finishRematch()
        expectForecast(backwards, between, await published())
        expect(await matcher.digest()).toEqual(digest)
        const told = [...forecast, ...backwards]
        met.changes += told.length
        met.merges += told.filter(({ kinds }) => kinds.includes('merges')).length
        met.splits += told.filter(({ kinds }) => kinds.includes('splits')).length
      }),
      { numRuns: 30, endOnFailure: true },
    ),
  )
})

// More works than a page, all of pairs that only the title and the authors join; the last ones are joined to the first.
const pairs = Array.from({ length: 70 }, (_, at) =>
  ['hal', 'crossref'].map((source) =>
    aRecord({
      source,
      sourceId: `${source} ${at}`,
      title: `Lattices of frozen brine ${'abcdefghij'[at % 10]}${at}`,
      authors: ['Zbigniew Wojciechowskyj', 'Oluwaseun Adeyemi'],
    }),
  ),
).flat()

async function bring(): Promise<void> {
  for (let from = 0; from < pairs.length; from += 64) await matcher.records(...pairs.slice(from, from + 64))
  await matcher.settle()
}

describe('page by page', () => {
  test('goes on where it was after a death at any page, of finding out and of switching', async () => {
    await bring()
    const before = await published()
    expect(before.size).toBe(70)
    const run = await start(STRICT)
    const died = new Error('died')
    const dying = {
      ...database,
      transaction: <T>(work: Parameters<typeof database.transaction<T>>[0]) =>
        database.transaction<T>(async (tx) => {
          await work(tx)
          throw died
        }),
    }
    for (;;) {
      const half = await findShadow(database)
      if (half?.phase === 'done') break
      await expect(shadowStep(dying, quiet)).rejects.toBe(died)
      expect(await findShadow(database)).toEqual(half)
      expect(await step()).toBe(true)
    }
    const told = await listChanges(database, run.runId, { kind: null, after: null, limit: 1_000 })
    expect(told.filter(({ kinds }) => kinds.includes('splits'))).toHaveLength(70)
    expect(told.filter(({ kinds }) => kinds.includes('appears'))).toHaveLength(70)
    expect(await findShadow(database)).toMatchObject({ goneThrough: 70 })

    await expect(applyShadow(dying, randomUUID(), quiet)).rejects.toBe(died)
    expect(await findRulesInUse(database)).toBeUndefined()
    expect(await findRematch(database)).toBeUndefined()
    await apply()
    expect(await findRulesInUse(database)).toMatchObject({ version: STRICT.version })
    const lame = { ...matcher.parts.outbox, append: () => Promise.reject(died) }
    while ((await findRematch(database))?.phase === 'records') {
      await expect(rematchStep(database, lame, quiet)).rejects.toBe(died)
      await rematch()
      await matcher.settle()
    }
    await finishRematch()
    expectForecast(told, before, await published())
    expect((await published()).size).toBe(140)
  })

  test('what arrives meanwhile goes on under the rules in use, and the report says that it is older than that', async () => {
    await bring()
    const run = await start(STRICT)
    await step()
    await step()
    expect(await findShadow(database)).toMatchObject({ phase: 'works', goneThrough: 64 })
    const third = pairs[0] && { ...pairs[0], version: 2, title: 'Something else altogether', titles: [] }
    if (!third) throw new Error('no record')
    await matcher.records(third)
    await matcher.settle()
    expect((await published()).size).toBe(71)
    while (await step());
    const summary = await summariseChanges(database, run.runId)
    expect(summary.numberedSince).toBeGreaterThan(0)
    expect(summary.outdated).toBeLessThanOrEqual(2)
    await apply()
    await finishRematch()
    expect((await published()).size).toBe(140)
  })

  test('two members never do one page twice, and none while everything is being gone through again', async () => {
    await bring()
    await start(STRICT)
    await admin.query(
      `insert into rematch_runs (run_id, model_version, phase) select gen_random_uuid(), model_version, 'works' from models limit 1`,
    )
    expect(await step()).toBe(false)
    await admin.query("update rematch_runs set phase = 'done'")
    for (let left = 0; left < 4; left++) await Promise.allSettled([step(), step(), step()])
    while (await step());
    expect(await findShadow(database)).toMatchObject({ phase: 'done', goneThrough: 70 })
  })
})

test('says what hangs on it: published candidates, those that would be withdrawn, and decisions', async () => {
  const [hal, crossref] = pairs
  if (!hal || !crossref) throw new Error('no records')
  await matcher.profiles(aProfile({ id: 'p', names: ['Zbigniew Wojciechowskyj'] }))
  await matcher.records(hal, crossref)
  await matcher.settle()
  await matcher.acts(anAnswer('p', 1, 'confirm', hal))
  await matcher.settle()
  const told = await shadow(STRICT)
  expect(told.map(({ kinds, candidates, withdrawn, decided }) => ({ kinds, candidates, withdrawn, decided }))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ candidates: 1, withdrawn: 0, decided: 1 }),
      expect.objectContaining({ kinds: ['appears'], candidates: 0, decided: 0 }),
    ]),
  )
  const back = await (async () => {
    await apply()
    await finishRematch()
    return shadow(SHIPPED_RULES)
  })()
  // The slot of the one that is merged away is gone with its question.
  expect(back.reduce((sum, { withdrawn }) => sum + withdrawn, 0)).toBe(1)
})

test('finds who is linked also where another build had made the index by other keys', async () => {
  const [hal, crossref] = pairs
  if (!hal || !crossref) throw new Error('no records')
  await matcher.records(hal, crossref)
  await shadow(STRICT)
  await apply()
  await finishRematch()
  await admin.query("delete from record_keys; update records set keys = '{other}'")
  const told = await shadow(SHIPPED_RULES, { works: 1, records: 1 })
  expect(told.flatMap(({ kinds }) => kinds.filter((kind) => kind === 'merges' || kind === 'vanishes')).sort()).toEqual([
    'merges',
    'vanishes',
  ])
  expect((await database.query('select from shadow_keys')).rows).toEqual([])
  expect((await database.query<{ key: string[] }>('select keys from records')).rows).toEqual([
    { keys: ['other'] },
    { keys: ['other'] },
  ])
})

describe('what is refused', () => {
  test('another run, an unfinished one, one that was cancelled, and one against rules that are in use no more', async () => {
    await bring()
    await expect(apply()).rejects.toMatchObject({ status: 404 })
    await start(STRICT)
    await expect(start(LOOSE)).rejects.toMatchObject({ status: 409, code: 'shadow_running' })
    await expect(apply()).rejects.toMatchObject({ status: 409, code: 'shadow_not_done' })
    while (await step());
    await cancelShadow(database, quiet)
    await expect(apply()).rejects.toMatchObject({ code: 'shadow_not_done' })
    await expect(cancelShadow(database, quiet)).rejects.toMatchObject({ code: 'shadow_not_running' })
    await shadow(STRICT)
    await database.transaction(async (tx) => {
      await tx.query("insert into rule_sets (version, base) values ('works/0-other', 'works/0-other')")
      await tx.query("insert into rules_in_use (version) values ('works/0-other')")
    })
    await expect(apply()).rejects.toMatchObject({ code: 'rules_changed' })
  })
})

describe('a build that comes with other rules', () => {
  const adopt = (rules: RuleSet, change: 'wait' | 'switch') =>
    adoptRules(database, { rules, change }, { runId: randomUUID(), modelVersion: ATTRIBUTION_2.version, logger: quiet })
  const other: RuleSet = { ...SHIPPED_RULES, version: 'works/2-00000000', base: 'works/2-00000000' }
  const [record] = pairs
  if (!record) throw new Error('no record')

  test('takes over an empty database, and works of nobody knows which rules, which it goes through again', async () => {
    expect(await adopt(SHIPPED_RULES, 'wait')).toBe('adopted')
    expect(await findRematch(database)).toBeUndefined()
    expect(await adopt(other, 'wait')).toBe('adopted')
    await forget()
    await matcher.records(record)
    expect(await adopt(SHIPPED_RULES, 'wait')).toBe('adopted')
    expect(await findRematch(database)).toMatchObject({ phase: 'records' })
    expect(await adopt(SHIPPED_RULES, 'wait')).toBe('same')
  })

  test('waits for the operator, or switches by itself; a member of the earlier build places nothing from then on', async () => {
    await adopt(SHIPPED_RULES, 'wait')
    await matcher.records(record)
    expect(await adopt(other, 'wait')).toBe('waits')
    expect(await findRulesInUse(database)).toMatchObject({ version: SHIPPED_RULES.version })
    expect(await adopt(other, 'switch')).toBe('adopted')
    await expect(matcher.records({ ...record, version: 2 })).rejects.toThrow(
      'works are made by the rules "works/2-00000000"',
    )
    expect(await rematch()).toBe(false)
    await expect(startShadow(database, STRICT, randomUUID(), quiet)).resolves.toMatchObject({ against: other.version })
  })

  test('waits until whoever places by the old ones has ended', async () => {
    await adopt(SHIPPED_RULES, 'wait')
    await matcher.records(record)
    await shadow(STRICT)
    const order: string[] = []
    const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const placing = database.transaction(async (tx) => {
      await matchRecord(tx, [received({ ...record, version: 2, title: 'Tides of a bay in winter', titles: [] })])
      locked.resolve()
      await released.promise
    })
    await locked.promise
    const applying = apply().then(() => order.push('switched'))
    for (let waits = false; !waits; ) {
      const { rows } = await database.query<{ waits: boolean }>(
        "select exists (select from pg_locks where locktype = 'advisory' and classid = 2011 and not granted) as waits",
      )
      waits = rows[0]?.waits ?? false
    }
    expect((await findRulesInUse(database))?.version).toBe(SHIPPED_RULES.version)
    order.push('placed')
    released.resolve()
    await placing
    await applying
    expect(order).toEqual(['placed', 'switched'])
  })
})

import { clusterWorks } from '@atlas/linkage'
import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { placeAgain } from '../place/arrive.ts'
import { isLive, storedRecordOf } from '../record.ts'
import { listStandingRulings } from '../store/rulings.ts'
import { findConstraintsWhere } from '../store/works.ts'
import { aCurator } from '../testing/a-curator.ts'
import { anArrival, aWorld, lastOf } from '../testing/a-history.ts'
import { aMatcher } from '../testing/a-matcher.ts'
import { untilMet } from '../testing/until-met.ts'
import { foldRulings } from './fold.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, matcher.parts.outbox)

/** What a curator does between two arrivals; numbers choose among what is there. */
const turn = fc.record({
  kind: fc.constantFrom('link', 'link', 'cut', 'cut', 'withdraw', 'nothing'),
  one: fc.nat(),
  other: fc.nat(),
  role: fc.constantFrom(null, 'version' as const, 'part' as const, 'duplicate' as const),
})
type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never

const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)]
const met = { link: 0, cut: 0, withdraw: 0, dead: 0, outranked: 0, together: 0, apart: 0 }

async function take({ kind, one, other, role }: Turn): Promise<void> {
  if (kind === 'nothing') return
  if (kind === 'withdraw') {
    const ruling = pick(await listStandingRulings(database), one)
    if (!ruling) return
    await curator.withdraw(ruling.rulingId)
  } else {
    const works = await liveWorks()
    if (kind === 'link') {
      const [work, target] = [pick(works, one), pick(works, other)]
      const [from, into] = [work?.members[0], target?.members[0]]
      if (work === target || !from || !into) return
      await curator.link({ recordId: from }, { recordId: into }, role)
    } else {
      const work = pick(
        works.filter(({ members }) => members.length > 1),
        one,
      )
      if (!work) return
      const cut = work.members.slice(0, 1 + (other % (work.members.length - 1)))
      await curator.cut(...cut.map((recordId) => ({ recordId })))
    }
  }
  met[kind]++
}

interface StoredWork {
  readonly workId: string
  readonly members: readonly string[]
  readonly roles: readonly string[]
  readonly slots: readonly string[]
}

async function liveWorks(): Promise<readonly StoredWork[]> {
  const { rows } = await database.query<{ work_id: string; content: Content }>(
    "select work_id, content from works where state = 'live' order by work_id",
  )
  return rows.map(({ work_id, content }) => storedWork(work_id, content))
}

interface Content {
  readonly members: readonly { readonly recordId: string; readonly role: string }[]
  readonly slots: readonly { readonly slotId: string }[]
}

function storedWork(workId: string, { members, slots }: Content): StoredWork {
  return {
    workId,
    members: members.map(({ recordId }) => recordId),
    roles: members.map(({ role }) => role),
    slots: slots.map(({ slotId }) => slotId),
  }
}

/** Works that cross a cut, and live linked records apart that no cut keeps so. */
async function broken(): Promise<readonly string[]> {
  const workOf = new Map((await liveWorks()).flatMap((work) => work.members.map((id) => [id, work] as const)))
  const constraints = await findConstraintsWhere(database, 'true', [])
  const cuts = constraints.filter(({ kind }) => kind === 'cannot')
  return constraints.flatMap(({ recordA, recordB, kind }) => {
    const [a, b] = [workOf.get(recordA), workOf.get(recordB)]
    if (!a || !b) {
      met.dead++
      return []
    }
    if (kind === 'cannot') {
      met.apart++
      return a === b ? [`${recordA} ${recordB} are cut and together`] : []
    }
    met.together++
    const forbidden = cuts.some(
      (cut) =>
        (a.members.includes(cut.recordA) && b.members.includes(cut.recordB)) ||
        (a.members.includes(cut.recordB) && b.members.includes(cut.recordA)),
    )
    return a === b || forbidden ? [] : [`${recordA} ${recordB} are linked and apart`]
  })
}

const history = aWorld.chain((world) =>
  fc.record({
    world: fc.constant({ ...world, profiles: [], acts: [] }),
    steps: anArrival({ ...world, profiles: [], acts: [] }),
    turns: fc.array(turn, { minLength: 10, maxLength: 30 }),
  }),
)

test('whatever comes, changes, leaves and is ruled in whatever order, works are what the ledger and the records say', async () => {
  const floors = { link: 15, cut: 15, withdraw: 15, dead: 5, outranked: 5, together: 5, apart: 5 }
  await untilMet(met, floors, () =>
    fc.assert(
      fc.asyncProperty(history, async ({ world, steps, turns }) => {
        await matcher.clear()
        const left = [...turns]
        for (const step of steps) {
          if (step.type === 'records') await matcher.records(...step.records)
          for (const next of left.splice(0, 2)) await take(next)
          expect(await broken()).toEqual([])
        }
        for (const next of left) await take(next)
        expect(await broken()).toEqual([])

        const rulings = await listStandingRulings(database)
        const constraints = foldRulings(rulings)
        met.outranked += rulings.filter(({ rulingId }) => !constraints.some(({ actId }) => actId === rulingId)).length
        expect(await findConstraintsWhere(database, 'true', [])).toEqual(constraints)

        const records = lastOf(world).records.map(storedRecordOf).filter(isLive)
        const batch = clusterWorks({ records, constraints })
        const works = await liveWorks()
        expect(works).toEqual(batch.map((work) => storedWork(work.workId, work)))

        // Everything again, as a rematch does: no state is another one. Links whose ends became one work, or came apart, are
        // counted anew by a worker.
        await matcher.recount()
        const { works: digest } = await matcher.digest()
        const ids = records.map(({ recordId }) => recordId)
        await database.transaction((tx) => placeAgain(tx, ids))
        expect((await matcher.digest()).works).toEqual(digest)
      }),
      { numRuns: 40, endOnFailure: true },
    ),
  )
})

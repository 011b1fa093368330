import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Stack, startStack } from '@atlas/devstack'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectKafka } from '../bus/kafka.ts'
import { TEST_KAFKA_TIMERS } from '../bus/kafka-config.ts'
import type { Bus } from '../bus/port.ts'
import { systemClock } from '../clock.ts'
import { keysOf, PARTITIONS, publishNotes } from '../testing/harness.ts'
import type { MemberConfig } from '../testing/member-main.ts'
import { endMembers, type Member, startMember } from '../testing/members.ts'
import { aNote } from '../testing/notes.ts'
import { aDeliveryDatabase, quiet, type TestDatabase } from '../testing/servers.ts'
import { until } from '../testing/until.ts'

const LONG = 180_000

let dataDir: string
let stack: Stack
let server: TestDatabase
let bus: Bus
let prefix = ''
let count = 0
const members: Member[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'atlas-members-'))
  stack = await startStack({ dataDir, persistent: false, parts: ['postgres', 'kafka'] })
  server = await aDeliveryDatabase(stack.postgres)
  bus = await connectKafka(
    {
      brokers: stack.kafka.brokers,
      clientId: 'drill',
      timers: TEST_KAFKA_TIMERS,
    },
    quiet,
    systemClock,
  )
})
afterAll(async () => {
  await bus?.close()
  await server?.[Symbol.asyncDispose]()
  await stack?.stop()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  prefix = `members-${count++}-`
  await bus.admin.createTopics([{ topic: `${prefix}notes`, partitions: PARTITIONS, replication: 1 }])
  await server.asAdmin('truncate consumer_progress, quarantine, quarantine_decisions, objects')
})
afterEach(() => endMembers(members.splice(0)))

function member(name: string, changes: Partial<MemberConfig> = {}): Member {
  const started = startMember({
    name,
    brokers: stack.kafka.brokers,
    database: server.config,
    topicPrefix: prefix,
    timers: 'test',
    maxChunk: 20,
    ...changes,
  })
  members.push(started)
  return started
}

const written = async () =>
  (await server.database.query<{ n: number }>('select count(*) as n from objects')).rows[0]?.n ?? 0
const writtenBy = async (name: string) =>
  (await server.database.query<{ n: number }>('select count(*) as n from objects where text = $1', [name])).rows[0]
    ?.n ?? 0
const quarantined = async () => (await server.database.query('select error_code, error_detail from quarantine')).rows

/** Publishes until told to stop; every note is a new object of a new key. */
function aLoad() {
  let sent = 0
  let over = false
  const running = (async () => {
    while (!over) {
      // More at once would only make the end of the test longer.
      await until('the members follow', written, (n) => over || sent - n < 1_000, LONG)
      const notes = Array.from({ length: 40 }, () => aNote(`load${sent++}`, 1))
      await publishNotes(bus, notes, `${prefix}notes`)
    }
  })()
  return {
    async stop() {
      over = true
      await running
      return sent
    },
  }
}

/** Nobody works on more than one's own, all is written, each once. */
async function everythingOnce(sent: number): Promise<void> {
  await until('all written', written, (n) => n >= sent, LONG)
  expect(await written()).toBe(sent)
  expect(await quarantined()).toEqual([])
}
const joined = (...wanted: Member[]) =>
  until(
    'all joined, with all partitions',
    () => wanted.map((one) => (one.joined() ? one.assigned().length : 0)),
    (sizes) => sizes.every((size) => size > 0) && sizes.reduce((sum, size) => sum + size, 0) === PARTITIONS,
    LONG,
  )
const more = async (what: string, by = 100) => {
  const before = await written()
  await until(`${what}: more is written`, written, (n) => n > before + by, LONG)
}

describe('members of a group, each a process', () => {
  it('F71 join and leave under load: nothing is lost, nothing is doubled, each leaves with 0', async () => {
    const load = aLoad()
    const one = member('one')
    await joined(one)
    const two = member('two')
    await joined(one, two)
    const three = member('three')
    await joined(one, two, three)
    await more('three at work')
    for (const leaving of [two, one]) {
      leaving.kill('SIGTERM')
      expect(await leaving.exited).toBe(0)
      await more('after one has left')
    }
    await everythingOnce(await load.stop())
  })

  it('F04 F05 killed with SIGKILL, again and again: others take over where it had committed', async () => {
    const load = aLoad()
    const steady = member('steady')
    await joined(steady)
    for (const name of ['first', 'second', 'third']) {
      const victim = member(name)
      await joined(steady, victim)
      await until(
        'it works',
        () => writtenBy(name),
        (n) => n > 0,
        LONG,
      )
      victim.kill('SIGKILL')
      expect(await victim.exited).toBe('SIGKILL')
      await joined(steady)
      await more('after the death')
    }
    await everythingOnce(await load.stop())
  })

  it('F09 K12 frozen past its session and thawed: a zombie that writes nothing twice, and comes back', async () => {
    const load = aLoad()
    const zombie = member('zombie')
    await joined(zombie)
    const steady = member('steady')
    await joined(zombie, steady)
    await until(
      'it works',
      () => writtenBy('zombie'),
      (n) => n > 0,
      LONG,
    )
    zombie.kill('SIGSTOP')
    await joined(steady)
    await more('while one is frozen')
    const before = await writtenBy('zombie')
    zombie.kill('SIGCONT')
    const heir =
      (await until(
        'it is back, or gone',
        () => zombie.ended() ?? (zombie.assigned().length < PARTITIONS && zombie.joined()),
        Boolean,
        LONG,
      )) === true
        ? zombie
        : member('zombie')
    await joined(heir, steady)
    await until(
      'it works again',
      () => writtenBy('zombie'),
      (n) => n > before,
      LONG,
    )
    await everythingOnce(await load.stop())
  })

  it('F08 ended with SIGTERM under load, five times: exit 0, and what it had begun is there', async () => {
    const load = aLoad()
    const steady = member('steady')
    for (const no of [1, 2, 3, 4, 5]) {
      const leaving = member(`leaving${no}`)
      await joined(steady, leaving)
      await more('both at work')
      leaving.kill('SIGTERM')
      expect(await leaving.exited).toBe(0)
    }
    await everythingOnce(await load.stop())
  })

  it('at production timers: a member killed, another frozen and thawed, and one ended in good order', async () => {
    const [key = ''] = keysOf(0, 1)
    await publishNotes(bus, [aNote(key, 1)], `${prefix}notes`)
    const load = aLoad()
    const timers = 'production'
    const steady = member('steady', { timers })
    await joined(steady)
    const [killed, frozen] = [member('killed', { timers }), member('frozen', { timers })]
    await joined(steady, killed, frozen)
    await more('three at work')
    killed.kill('SIGKILL')
    frozen.kill('SIGSTOP')
    await joined(steady)
    await more('while two are gone')
    frozen.kill('SIGCONT')
    // Thawed it believes itself joined, until it hears otherwise: then it joins again, or ends and is started again.
    const shared = () => steady.assigned().length + frozen.assigned().length === PARTITIONS && frozen.joined()
    const back =
      (await until(
        'it is back, or gone',
        () => frozen.ended() ?? shared(),
        (it) => it !== false,
        LONG,
      )) === true
    const heir = back ? frozen : member('frozen', { timers })
    await joined(steady, heir)
    await more('two at work')
    steady.kill('SIGTERM')
    expect(await steady.exited).toBe(0)
    await joined(heir)
    await everythingOnce((await load.stop()) + 1)
  })
})

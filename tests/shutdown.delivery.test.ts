import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Stack, startStack } from '@atlas/devstack'
import {
  createProfiles,
  createPushKey,
  type Deployment,
  push,
  type ServiceName,
  startDeployment,
} from '@atlas/testing/deployment'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const LINES = 25

let dataDir = ''
let stack: Stack
let deployment: Deployment

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'atlas-shutdown-'))
  stack = await startStack({ dataDir: join(dataDir, 'stack'), persistent: false })
  const { postgres, kafka, registryUrl, redisUrl } = stack
  deployment = await startDeployment({
    stack: { postgres, brokers: kafka.brokers, registryUrl, redisUrl },
    dataDir,
    name: 'shutdown',
    members: { matcher: 2 },
    // Each is ended by the test, and its end must be its own.
    supervised: false,
  })
})
afterAll(async () => {
  await deployment?.stop()
  await stack?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** A source that pushes until told to stop, and pushes again what it got no answer for. */
function aSource(key: string) {
  let records = 0
  let over = false
  const kept = { stored: 0, duplicate: 0 }
  const running = (async () => {
    while (!over) {
      const lines = Array.from({ length: LINES }, (_, at) => recordNo(records + at))
      for (;;) {
        const answer = await push(deployment, key, 'crossref', lines).catch(() => undefined)
        if (!answer) {
          await pause(100)
          continue
        }
        expect(answer.counts.refused).toBe(0)
        kept.stored += answer.counts.stored
        kept.duplicate += answer.counts.duplicate
        break
      }
      records += LINES
    }
  })()
  return {
    kept,
    records: () => records,
    async stop() {
      over = true
      await running
    },
  }
}

const countOf = async (service: ServiceName, sql: string) =>
  (await deployment.open[service].query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]?.n

describe('SIGTERM under load, at production timers', () => {
  it('F08 ends each service in turn with 0, within its 25 s; nothing is lost and nothing is doubled', async () => {
    await createProfiles(deployment, [
      {
        displayName: 'Ottilie Quennell',
        names: [{ name: 'Ottilie Quennell', given: 'Ottilie', family: 'Quennell', primary: true }],
      },
    ])
    const source = aSource(await createPushKey(deployment, ['crossref']))
    const more = async () => {
      const before = source.records()
      await waitUntil(() => source.records() > before + 2 * LINES)
    }
    for (const instance of ['matcher-1', 'ingest-1', 'verifier-1', 'matcher-2', 'profiles-1', 'api-1']) {
      await more()
      const member = deployment.members.get(instance)
      member?.kill('SIGTERM')
      // A stop that takes longer than 25 s ends with 1.
      expect([instance, await member?.exited]).toEqual([instance, 0])
      const [service, index] = instance.split('-') as [ServiceName, string]
      await deployment.start(service, Number(index))
    }
    await more()
    await source.stop()
    await deployment.settled(300_000)

    const records = source.records()
    expect(source.kept.stored + source.kept.duplicate).toBeGreaterThanOrEqual(records)
    expect(await countOf('ingest', 'raw_records')).toBe(records)
    expect(await countOf('matcher', 'records')).toBe(records)
    expect(await countOf('matcher', 'works')).toBe(records)
    expect(await countOf('matcher', 'candidates')).toBe(records)
    expect(await countOf('api', 'works')).toBe(records)
    for (const service of ['matcher', 'verifier', 'api'] as const)
      expect([service, await countOf(service, 'quarantine')]).toEqual([service, 0])
  })
})

async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(50)
}

/** Every record is a work of its own, with one author of the profile's name. */
function recordNo(no: number): string {
  return JSON.stringify({
    DOI: `10.5555/shutdown.${no}`,
    type: 'journal-article',
    title: [`${wordOf(no)} ${wordOf(no * 7 + 3)} in the ${wordOf(no * 31 + 11)} of ${wordOf(no * 131 + 5)}`],
    issued: { 'date-parts': [[2024, 1 + (no % 12), 1 + (no % 28)]] },
    author: [{ given: 'Ottilie', family: 'Quennell', sequence: 'first', affiliation: [] }],
    publisher: 'Made-up Press',
    indexed: { 'date-time': '2026-03-01T10:00:00Z', 'date-parts': [[2026, 3, 1]], timestamp: 1772359200000 },
  })
}

/** A made-up word of the number: different numbers, different words. */
function wordOf(no: number): string {
  const syllables = ['ba', 'de', 'fi', 'go', 'hu', 'ka', 'le', 'mi', 'no', 'pu']
  return [...String(no + 1_000)].map((digit) => syllables[Number(digit)]).join('')
}

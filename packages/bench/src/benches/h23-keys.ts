import { randomBytes } from 'node:crypto'
import { createPushKey } from '@atlas/testing/deployment'
import type { Bench } from '../bench.ts'
import { measured, median } from '../measure.ts'
import { ingestOnly } from './p26-import.ts'

const TRIES = 1_000
const BAR = {
  id: 'H23',
  title: `answer to an unknown key / to a known one with a wrong secret: difference of medians, ${TRIES} tries each`,
  bar: 1,
  sense: 'most',
  unit: 'ms',
} as const

/** H23: whether an id exists must not show in how long it takes to be refused. */
export const refusedKeys: Bench = {
  id: 'H23',
  title: 'time to refuse an unknown key against a wrong secret',
  async run(parts) {
    await using deployment = await ingestOnly(parts, 'h23')
    const known = (await createPushKey(deployment, ['openalex'])).split('_')[1]
    const url = new URL('/v1/sources/openalex/records', deployment.url('ingest'))
    const differences: number[] = []
    const notes: string[] = []
    for (let run = 0; run <= parts.runs; run++) {
      parts.progress(`H23: repetition ${run} of ${parts.runs}`)
      const times = { unknown: [] as number[], wrong: [] as number[] }
      for (let i = 0; i < TRIES; i++) {
        // In turn first and second: what one leaves behind, the other meets.
        for (const what of i % 2 === 0 ? (['unknown', 'wrong'] as const) : (['wrong', 'unknown'] as const))
          times[what].push(await timeRefusal(url, what === 'wrong' ? known : unknownId()))
      }
      // The first warms the service up.
      if (run === 0) continue
      const [unknown, wrong] = [median(times.unknown), median(times.wrong)]
      differences.push(Math.abs(unknown - wrong))
      notes.push(`${unknown.toFixed(2)} and ${wrong.toFixed(2)} ms`)
    }
    return [measured(BAR, differences, notes.join(', '))]
  },
}

async function timeRefusal(url: URL, id: string | undefined): Promise<number> {
  const key = `avk_${id}_${randomBytes(32).toString('base64url')}`
  const began = performance.now()
  const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: '{}' })
  const { code } = (await answer.json()) as { readonly code?: string }
  const took = performance.now() - began
  if (answer.status !== 401 || code !== 'invalid_api_key') throw new Error(`${answer.status} ${code} instead of 401`)
  return took
}

function unknownId(): string {
  return randomBytes(4).toString('hex')
}

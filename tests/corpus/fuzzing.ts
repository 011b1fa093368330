import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ERRORS } from '../../services/api/src/errors/catalogue.ts'
import { ADAPTERS } from '../../services/ingest/src/adapters/index.ts'
import { importFiles } from '../../services/ingest/src/import/import-files.ts'
import { aPushServer } from '../../services/ingest/src/testing/a-push-server.ts'
import { anIngest } from '../../services/ingest/src/testing/an-ingest.ts'
import { mutated, random } from './fuzz.ts'
import { plain } from './import/file-case.ts'
import { FILE_CASES } from './import.ts'
import { PUSH_CASES } from './push.ts'

/** Above it a mutation tells nothing more and takes long. */
const MAX_BYTES = 200_000

const documented = (codes: readonly (string | undefined)[]) =>
  expect(codes.filter((code) => code !== undefined && !(code in ERRORS))).toEqual([])

/** Sends so many mutations of what is taken: only documented answers, whatever the bytes. */
export async function fuzzPushes(times: number, seed: number): Promise<void> {
  const adapters = [plain, ...ADAPTERS.values()]
  const server = await aPushServer(await anIngest({ adapters, maxUnsent: 1e8 }), {
    keyFor: adapters.map(({ source }) => source),
    limits: { ratePerMinute: 0 },
  })
  const taken = PUSH_CASES.filter(({ expect: { counts } }) => counts?.['stored'] !== undefined)
  const next = random(seed)
  for (let at = 0; at < times; at++) {
    const kase = taken[next(taken.length)]
    const given = kase?.make(server) ?? {}
    const body = mutated(Buffer.from(given.body as string).subarray(0, MAX_BYTES), next)
    const { status, json, text } = await server.send({ ...given, body })
    const about = `seed ${seed}, the ${at}th: ${kase?.id} ${text.slice(0, 300)}`
    expect(status, about).toBeLessThan(500)
    documented([json.code, ...(json.errors ?? []).map(({ code }) => code)])
    if (status === 200) {
      const { stored, updated, duplicate, stale, refused } = json.counts
      expect(stored + updated + duplicate + stale + refused, about).toBe(json.lines)
    }
  }
}

/** The same of files: every one ends in a state, with documented codes. */
export async function fuzzFiles(times: number, seed: number): Promise<void> {
  const adapters = [...new Map(FILE_CASES.map(({ adapter }) => [adapter.source, adapter])).values()]
  const ingest = await anIngest({ adapters, maxUnsent: 1e8 })
  const folder = await mkdtemp(join(tmpdir(), 'atlas-fuzz-'))
  const cases = FILE_CASES.map((kase) => ({ ...kase, bytes: Buffer.from(kase.make() as string) })).filter(
    ({ bytes, expect: { state } }) => state !== 'failed' && bytes.length < MAX_BYTES,
  )
  const next = random(seed)
  try {
    for (let at = 0; at < times; at++) {
      const kase = cases[next(cases.length)]
      if (!kase) throw new Error('no cases')
      const path = join(folder, `${at}-${kase.name}`)
      await writeFile(path, mutated(kase.bytes, next))
      const codes: (string | undefined)[] = []
      await importFiles(ingest, {
        ...{ paths: [path], source: kase.adapter.source, spoolDir: folder, signal: new AbortController().signal },
        onFile: ({ code }) => void codes.push(code),
        onRefused: ({ errors }) => void codes.push(...errors.map(({ code }) => code)),
      }).catch((error: unknown) => {
        throw new Error(`seed ${seed}, the ${at}th: ${kase.id} ${kase.title}`, { cause: error })
      })
      documented(codes)
      await rm(path)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

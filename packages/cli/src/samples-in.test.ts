import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { createWorkEngine, evaluateSamples } from '@atlas/evaluation'
import { describe, expect, it } from 'vitest'
import { samplesIn } from './samples-in.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const folder = resolve(ROOT, process.env['ATLAS_SHARED'] ?? '../shared', 'data/samples')
const reason = existsSync(folder) ? '' : ' (skipped: no samples under ATLAS_SHARED)'

// What each question came to when its records were last looked through one by one, with room for a rule that is right
// elsewhere. Nothing may be joined that identifiers say is two works.
const AT_LEAST = [
  { mode: 'with identifiers', question: 'preprint and article', right: 300, recall: 1 },
  { mode: 'with identifiers', question: 'OpenAlex and Crossref', right: 11, recall: 1 },
  { mode: 'with identifiers', question: 'two pulls of OpenAlex', right: 100, recall: 1 },
  { mode: 'with identifiers', question: 'ORCID and Crossref', right: 193, recall: 0.98 },
  { mode: 'without identifiers', question: 'preprint and article', right: 295, recall: 0.98 },
  { mode: 'without identifiers', question: 'OpenAlex and Crossref', right: 10, recall: 0.9 },
  { mode: 'without identifiers', question: 'two pulls of OpenAlex', right: 99, recall: 0.98 },
  { mode: 'without identifiers', question: 'ORCID and Crossref', right: 160, recall: 0.8 },
] as const

describe.skipIf(reason !== '')(`works of real records${reason}`, () => {
  it('are found, and none is joined with another', { timeout: 120_000 }, async () => {
    const samples = await samplesIn({ env: process.env, note: () => undefined }, folder)
    const modes = ['with identifiers', 'without identifiers'] as const
    const results = evaluateSamples(samples, createWorkEngine([]), modes)
    for (const { mode, question, right, recall } of AT_LEAST) {
      const row = results.find((one) => one.mode === mode)?.questions.find((one) => one.question === question)
      expect(row?.wrong, `${question} ${mode}: wrong`).toBe(0)
      expect(row?.right, `${question} ${mode}: right`).toBeGreaterThanOrEqual(right)
      expect(row?.recall, `${question} ${mode}: recall`).toBeGreaterThanOrEqual(recall)
    }
    const wrong = results[0]?.questions.reduce((all, one) => all + one.wrong, 0)
    expect(wrong, 'wrong anywhere with identifiers').toBe(0)
  })
})

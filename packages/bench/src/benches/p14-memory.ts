import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Bench } from '../bench.ts'
import { measured } from '../measure.ts'

const PROFILES = 1_000_000
const SLOTS = 10_000
const MB = 1024 * 1024
const BARS = {
  bytes: {
    id: 'P14',
    title: 'kernel for sketches: bytes a profile, 1,000,000 profiles',
    bar: 200,
    sense: 'most',
    unit: 'B',
  },
  rss: {
    id: 'P14-rss',
    title: 'kernel for sketches: highest RSS of a process that builds them and scores',
    bar: 600,
    sense: 'most',
    unit: 'MB',
  },
} as const

interface Taken {
  readonly bytes: number
  readonly rss: number
  readonly highest: number
  readonly pairs: number
  readonly kept: number
}

/** P14: what a million profiles take as arrays of names, co-authors, institutions and blocks. */
export const memory: Bench = {
  id: 'P14',
  title: 'memory of a million profiles as arrays of the kernel for sketches',
  async run({ progress }) {
    progress(`P14: ${PROFILES} profiles in a process of their own`)
    const child = fileURLToPath(new URL('./memory-main.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...process.execArgv,
      child,
      String(PROFILES),
      String(SLOTS),
    ])
    const { bytes, rss, highest, pairs, kept } = JSON.parse(stdout) as Taken
    if (kept === 0) throw new Error('the index finds nobody')
    return [
      measured(BARS.bytes, [bytes / PROFILES], `${SLOTS} slots meet ${pairs} pairs, ${kept} kept`),
      measured(BARS.rss, [highest / MB], `${(rss / MB).toFixed(0)} MB when it is done`),
    ]
  },
}

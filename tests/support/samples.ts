import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Real records of real sources, which are not ours to publish: a folder beside the clone, or none. */
const GIVEN = resolve(ROOT, process.env['ATLAS_SHARED'] ?? '../shared', 'data/samples')
// An import follows no symbolic links, and the folder beside the clone may be one.
export const SAMPLES = existsSync(GIVEN) ? realpathSync(GIVEN) : GIVEN

/** Why tests on real records cannot run here; undefined when they can. */
export const noSamples = existsSync(SAMPLES) ? undefined : `there are no real records at ${SAMPLES}`

interface Author {
  readonly given?: string
  readonly family?: string
}

/** The works in an answer of an API, or the one work that a line is. */
interface Answer {
  readonly id?: string
  readonly DOI?: string
  readonly doi?: string
  readonly author?: readonly Author[]
  readonly message?: Answer
  readonly items?: readonly Answer[]
  readonly results?: readonly Answer[]
}

export function worksIn(file: string): readonly Answer[] {
  const lines = readFileSync(join(SAMPLES, file), 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').flatMap((line) => unwrapped(JSON.parse(line) as Answer))
}

export function doisIn(file: string): ReadonlySet<string> {
  return new Set(worksIn(file).flatMap(({ DOI, doi }) => normalised(DOI ?? doi)))
}

export const openalexIdOf = (work: Answer) => (work.id ?? '').replace('https://openalex.org/', '')

function unwrapped(answer: Answer): readonly Answer[] {
  const inner = answer.message ?? answer
  return inner.items ?? inner.results ?? [inner]
}

function normalised(doi: string | undefined): readonly string[] {
  return doi === undefined ? [] : [doi.toLowerCase().replace('https://doi.org/', '')]
}

/** How many records each file holds, by the page beside the samples; undefined where it does not say. */
export function recordCounts(): readonly { readonly file: string; readonly records: number | undefined }[] {
  const rows = readFileSync(join(SAMPLES, 'MANIFEST.md'), 'utf8').split('\n')
  return rows
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length > 8 && cells[1]?.includes('/'))
    .map(([, file = '', , , , records = '']) => ({ file, records: records === '' ? undefined : Number(records) }))
}

/** The authors of each citeproc record of a file, by DOI. */
export function bylinesIn(file: string): ReadonlyMap<string, readonly Author[]> {
  return new Map(worksIn(file).map(({ DOI, author = [] }) => [DOI?.toLowerCase() ?? '', author]))
}

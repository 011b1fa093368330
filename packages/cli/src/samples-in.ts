import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SampleRecord, Samples } from '@atlas/evaluation'
import type { Context } from './context.ts'
import { CliError } from './exit.ts'
import { recordsIn } from './records-in.ts'

const PUBLISHED = 'datacite/arxiv-preprints-300-published-doi.csv'

/** A folder of samples: what ingest's adapters read, works in ORCID records, and which article a preprint became. */
export async function samplesIn(context: Pick<Context, 'env' | 'note'>, folder: string): Promise<Samples> {
  if (!existsSync(folder)) throw new CliError(`no folder "${folder}"`)
  const { publishedIn } = await import('@atlas/evaluation')
  const csv = join(folder, PUBLISHED)
  const all = await recordsIn<SampleRecord & { readonly kind: string }>(context, folder, undefined)
  return {
    // Works in ORCID records are read below, with their owner.
    records: all.filter(({ kind, source }) => kind === 'work' && source !== 'orcid'),
    orcid: await orcidIn(join(folder, 'orcid')),
    published: existsSync(csv) ? publishedIn(readFileSync(csv, 'utf8')) : [],
  }
}

/** Of the JSON forms; the name of a work's owner stands in another answer, named after the same iD. */
async function orcidIn(folder: string): Promise<readonly SampleRecord[]> {
  if (!existsSync(folder)) return []
  const { orcidWorks, ownerOf } = await import('@atlas/evaluation')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return files.sort().flatMap((name) => {
    const answer: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    const person = join(folder, name.replace(/_works\.json$/, '_person.json'))
    const about: unknown =
      person.endsWith('_person.json') && existsSync(person) ? JSON.parse(readFileSync(person, 'utf8')) : answer
    return orcidWorks(answer, ownerOf(about))
  })
}

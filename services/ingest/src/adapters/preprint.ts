import { parseDoi } from '@atlas/identifiers'
import { blankRecord, venueOf } from './blank.ts'
import { openPlace } from './open-access.ts'
import type { Reading } from './reading.ts'
import { markOf, WITHDRAWN } from './withdrawn.ts'

/** The DOI of a preprint without the version that links have behind it. */
export function preprintDoi(text: string): string | undefined {
  const path = text.replace(/^https?:\/\/(?:www\.)?(?:bio|med)rxiv\.org\/content\/(?:early\/)?(?=10\.)/i, '')
  const bare = path.replace(/\.(?:full(?:\.pdf|-text)?|abstract|article-info)$/i, '').replace(/v\d{1,3}$/i, '')
  return parseDoi(bare)
}

/** What every preprint of a server is; none of it is charged for. */
export function preprintOf(source: string, title: string, doi: string, version: string | undefined) {
  const page = `https://www.${source}.org/content/${doi}v${version ?? 1}`
  return {
    ...blankRecord(source, doi),
    type: 'preprint',
    venue: venueOf({ name: title, type: 'repository', publisher: 'Cold Spring Harbor Laboratory' }),
    openAccess: 'green',
    openAccessLocations: openPlace(page, {
      pdfUrl: `${page}.full.pdf`,
      host: 'repository',
      version: 'submitted',
      best: true,
    }),
  }
}

/** How much a form says of a version: a feed leaves out its licence, type and corresponding author. */
export const [FEED, DETAILS] = [1, 2]

/**
 * Midnight, UTC, of the day of the version. Milliseconds tell what the day does not: of two versions of one day the higher number
 * is the later, and of one version the form that says less never takes the place of the one that says more.
 */
export function versionStamp(
  reading: Reading,
  date: string | undefined,
  version: string | undefined,
  form: number,
): number | null {
  const day = reading.instant(date, '/date')
  return day === null ? null : /^\d{1,3}$/.test(version ?? '') ? day + 2 * Number(version) + form : day
}

/** A withdrawal is a version of its own: by its type, by the mark before its title, or, in feeds, by the mark alone. */
export function takenBack(title: string | undefined, type?: string | undefined) {
  const mark = markOf(title)
  if (mark === 'withdrawn' || type?.toLowerCase() === 'withdrawn') return WITHDRAWN
  return { retracted: mark === 'retracted' }
}

/** The subject of a preprint, which feeds and API write differently. */
export function categories(source: string, category: string | undefined) {
  const label = category?.trim().replaceAll('_', ' ').toLowerCase()
  return label === undefined || label === '' ? [] : [{ scheme: `${source}_category`, id: null, label, score: null }]
}

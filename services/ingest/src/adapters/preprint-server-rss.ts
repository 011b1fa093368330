import { childOf, childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { AdapterResult } from './adapter.ts'
import { blankAuthor } from './blank.ts'
import { plainTextOf } from './plain-text.ts'
import { categories, FEED, preprintDoi, preprintOf, takenBack, versionStamp } from './preprint.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'
import { invertedName } from './written-names.ts'

/** RSS 1.0, https://web.resource.org/rss/1.0/spec */
export const RSS = 'http://purl.org/rss/1.0/'
const DC = 'http://purl.org/dc/elements/1.1/'
const PRISM = 'http://purl.org/rss/1.0/modules/prism/'

/** An item of a feed: a preprint in its newest version, without its licence and its type. */
export function readItem(source: string, title: string, item: XmlElement): AdapterResult {
  const reading = new Reading()
  const dc = (local: string) => plainTextOf(lineOf(childOf(item, local, DC)))
  const link = lineOf(childOf(item, 'link'))
  const doi = reading.ownId(dc('identifier'), '/item/dc:identifier', preprintDoi, 'this is not a DOI')
  if (link !== undefined && !new RegExp(`^https?://(?:[a-z]{1,20}\\.)?${source}\\.org/`, 'i').test(link))
    reading.refuse('invalid_enum', '/item/link', `only preprints of ${title} are taken here`)
  return reading.result(() => {
    const version = /v(\d{1,3})(?:\?|$)/.exec(link ?? '')?.[1]
    const name = dc('title') ?? plainTextOf(lineOf(childOf(item, 'title')))
    const date = dc('date')
    return {
      ...preprintOf(source, title, doi, version),
      sourceUpdatedAt: versionStamp(reading, date, version, FEED),
      ...takenBack(name),
      titles: titleOf(name, 'main'),
      abstract: plainTextOf(lineOf(childOf(item, 'description'))) ?? null,
      published: reading.date(date, '/item/dc:date'),
      identifiers: identifierOf('doi', doi),
      authors: childrenOf(item, 'creator', DC).map((creator, at) => {
        return { ...blankAuthor(at + 1), ...invertedName(plainTextOf(lineOf(creator)) ?? '') }
      }),
      subjects: categories(source, plainTextOf(lineOf(childOf(item, 'section', PRISM)))),
    }
  })
}

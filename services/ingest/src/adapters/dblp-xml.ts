import { childOf, childrenOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { AdapterResult } from './adapter.ts'
import { readPerson } from './dblp-person.ts'
import { type DblpPerson, dblpKey, NO_KEY, workOf } from './dblp-work.ts'
import { Reading } from './reading.ts'

/** A child of `dblp` in dblp.xml, after dblp.dtd: a publication, or a person's page. */
export function readXml(element: XmlElement): AdapterResult {
  const reading = new Reading()
  const key = reading.ownId(element.attributes['key'], '/@key', dblpKey, NO_KEY)
  const stamp = reading.instant(element.attributes['mdate'], '/@mdate')
  const isPerson = element.local === 'person' || (element.local === 'www' && key.startsWith('homepages/'))
  if (isPerson) return readPerson(reading, element, key, stamp)
  const text = (name: string) => lineOf(childOf(element, name))
  const texts = (name: string) => childrenOf(element, name).flatMap((child) => lineOf(child) ?? [])
  return workOf(reading, {
    key,
    stamp,
    element: element.local,
    publtype: element.attributes['publtype'] ?? '',
    title: text('title'),
    people: peopleOf(element),
    year: text('year'),
    month: text('month'),
    journal: text('journal'),
    booktitle: text('booktitle'),
    series: text('series'),
    publisher: text('publisher') ?? text('school'),
    volume: text('volume'),
    number: text('number'),
    pages: text('pages'),
    isbns: texts('isbn'),
    issns: texts('issn'),
    streams: texts('stream'),
    links: linksOf(element),
    inside: texts('crossref').map((one) => dblpKey(one) ?? one)[0],
    // "..." stands for a reference that dblp does not have.
    cites: texts('cite').flatMap((one) => dblpKey(one) ?? []),
  })
}

function peopleOf(element: XmlElement): DblpPerson[] {
  return elementsOf(element).flatMap((child) => {
    const name = lineOf(child)
    const { local: role } = child
    return name !== undefined && (role === 'author' || role === 'editor')
      ? [{ name, role, orcid: child.attributes['orcid'] }]
      : []
  })
}

function linksOf(element: XmlElement) {
  return childrenOf(element, 'ee').flatMap((ee) => {
    const url = lineOf(ee)
    return url === undefined ? [] : [{ url, open: ee.attributes['type'] === 'oa' }]
  })
}

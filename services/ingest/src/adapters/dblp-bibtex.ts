import { bibtexNames, texText, texVerbatim } from '@atlas/identifiers'
import type { BibtexEntry } from '../formats/bibtex-read.ts'
import type { AdapterResult } from './adapter.ts'
import { type DblpPerson, dblpKey, NO_KEY, workOf } from './dblp-work.ts'
import { Reading } from './reading.ts'

/** An entry of dblp's BibTeX exports. They have no numbers of homonyms, no ORCID iDs and no `publtype`. */
export function readBibtex({ type, key: given, fields }: BibtexEntry): AdapterResult {
  const reading = new Reading()
  const key = reading.ownId(given === '' ? undefined : given, '/key', dblpKey, NO_KEY)
  const text = (name: string) => {
    const plain = texText(fields[name] ?? '')
    return plain === '' ? undefined : plain
  }
  const verbatim = (name: string) => {
    const plain = texVerbatim(fields[name] ?? '')
    return plain === '' ? undefined : plain
  }
  return workOf(reading, {
    key,
    stamp: stampOf(reading, text('timestamp')),
    element: type,
    publtype: '',
    title: text('title'),
    people: [...people(fields['author'], 'author'), ...people(fields['editor'], 'editor')],
    year: text('year'),
    month: text('month'),
    journal: text('journal'),
    booktitle: text('booktitle'),
    series: text('series'),
    publisher: text('publisher') ?? text('school'),
    volume: text('volume'),
    number: text('number'),
    pages: verbatim('pages'),
    isbns: listed(verbatim('isbn')),
    issns: listed(verbatim('issn')),
    streams: [],
    links: links(verbatim),
    inside: listed(verbatim('crossref')).map((one) => dblpKey(one) ?? one)[0],
    cites: [],
  })
}

function people(list: string | undefined, role: DblpPerson['role']): DblpPerson[] {
  return bibtexNames(list ?? '').flatMap((name) => {
    const plain = texText(name)
    // What BibTeX prints as "et al.".
    return plain === '' || name === 'others' ? [] : [{ name: plain, role, orcid: undefined }]
  })
}

function listed(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(/[,;]\s*/)
}

function links(verbatim: (name: string) => string | undefined) {
  const eprint = /^arxiv$/i.test(verbatim('eprinttype') ?? verbatim('archiveprefix') ?? '')
    ? verbatim('eprint')
    : undefined
  const all = [verbatim('doi'), eprint && `arXiv:${eprint}`, verbatim('url')]
  return all.flatMap((url) => (url === undefined ? [] : [{ url, open: false }]))
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `Thu, 14 Jul 2011 01:00:00 +0200` is the day that XML calls `mdate`: the hours follow from the zone alone. */
function stampOf(reading: Reading, text: string | undefined): number | null {
  if (text === undefined) return null
  const found = /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})\b/.exec(text)
  const month = MONTHS.indexOf(found?.[2] ?? '')
  if (found !== null && month !== -1) return Date.UTC(Number(found[3]), month, Number(found[1]))
  reading.warn('date_unusable', '/timestamp')
  return null
}

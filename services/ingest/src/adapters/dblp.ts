import { LATIN1_ENTITIES } from '../formats/latin1-entities.ts'
import type { Adapter } from './adapter.ts'
import { readBibtex } from './dblp-bibtex.ts'
import { TYPES } from './dblp-types.ts'
import { dblpKey } from './dblp-work.ts'
import { readXml } from './dblp-xml.ts'

const ELEMENTS = 'article inproceedings proceedings book incollection phdthesis mastersthesis data www person'

/**
 * dblp: the dump dblp.xml, after https://dblp.org/xml/dblp.dtd and https://dblp.org/xml/docu/dblpxml.pdf, answers in XML
 * of one record or one person, and exports in BibTeX. People's own pages (`homepages/…`) are records of kind author.
 */
export const dblp: Adapter = {
  source: 'dblp',
  version: 2,
  formats: ['xml', 'bibtex'],
  shapes: ['dblp', 'r'].flatMap((parent) =>
    ELEMENTS.split(' ').map((local) => ({ format: 'xml', uri: '', local, parent }) as const),
  ),
  entities: LATIN1_ENTITIES,
  mapping: {
    takes: 'publications and people: dblp.xml, answers of one record or person, and BibTeX exports',
    kinds: ['work', 'author'],
    types: TYPES,
    openAccess: [],
  },
  readXml,
  readBibtex,
  idOf: dblpKey,
}

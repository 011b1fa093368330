import { parseHalId } from '@atlas/identifiers'
import type { XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult } from './adapter.ts'
import { readDoc } from './hal-json.ts'
import { readOai } from './hal-oai.ts'
import { readTei, TEI } from './hal-tei.ts'
import { HAL_OPEN_ACCESS, HAL_TYPES } from './hal-types.ts'
import { OAI } from './oai.ts'

/** Deposits of HAL: documents of its search API, its TEI export, and OAI-PMH with Dublin Core or TEI inside. */
export const hal: Adapter = {
  source: 'hal',
  version: 2,
  formats: ['json', 'xml'],
  shapes: [
    { format: 'json', path: ['response', 'docs', '*'] },
    { format: 'json', path: ['docs', '*'] },
    { format: 'xml', uri: OAI, local: 'record' },
    { format: 'xml', uri: TEI, local: 'TEI' },
    // Some who pass HAL's files on lose the namespace.
    { format: 'xml', uri: '', local: 'TEI' },
  ],
  mapping: {
    takes: 'deposits: documents of the search API, TEI, and OAI-PMH with Dublin Core or TEI inside',
    types: HAL_TYPES,
    openAccess: HAL_OPEN_ACCESS,
  },
  idOf: (text) => parseHalId(text)?.id ?? text,
  readJson: readDoc,
  readXml: (element: XmlElement): AdapterResult => (element.local === 'record' ? readOai(element) : readTei(element)),
}

import { parseOrcid } from '@atlas/identifiers'
import type { XmlShape } from '../formats/shape.ts'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { readOrcidError } from './orcid-errors.ts'
import { readOrcidPerson } from './orcid-person.ts'
import { ORCID_TYPES } from './orcid-types.ts'
import { asJson, ownerIn } from './orcid-values.ts'
import { readOrcidWork } from './orcid-works.ts'

const NAMESPACE = 'http://www.orcid.org/ns/'

function xml(space: string, local: string, parent?: string): XmlShape {
  return { format: 'xml', uri: `${NAMESPACE}${space}`, local, ...(parent === undefined ? {} : { parent }) }
}

/**
 * Persons and works of ORCID: answers of the API v2 and v3 in JSON and XML, and files of the public data
 * (https://github.com/ORCID/orcid-model, record_3.0; https://info.orcid.org/documentation/integration-guide/orcid-record).
 * A whole record, or its section `person`, is an author record that names his works by their identifiers; works asked
 * for by themselves are works.
 */
export const orcid: Adapter = {
  source: 'orcid',
  version: 2,
  formats: ['json', 'xml'],
  shapes: [
    { format: 'json', path: ['group', '*', 'work-summary', '*'] },
    { format: 'json', path: ['works', 'group', '*', 'work-summary', '*'] },
    { format: 'json', path: ['bulk', '*', 'work'] },
    { format: 'json', path: ['bulk', '*', 'error'] },
    xml('record', 'record'),
    xml('person', 'person'),
    xml('work', 'work'),
    xml('work', 'work-summary', 'group'),
    xml('error', 'error'),
    xml('search', 'search'),
  ],
  mapping: {
    takes: 'persons and works: whole records, the sections person, works and work, API v2 and v3, public data files',
    kinds: ['author', 'work'],
    types: ORCID_TYPES,
    openAccess: [],
  },
  readJson,
  readXml: (element) => readJson(asJson(element)),
  idOf(text) {
    const path = text.trim().replace(/^(?:https?:\/\/)?(?:www\.)?orcid\.org\//i, '')
    const work = /^\/?[\dX-]{19}\/(?:work\/)?(\d{1,15})$/i.exec(path)?.[1]
    return work === undefined ? parseOrcid(text) : `${ownerIn(path)}/${work}`
  },
}

function readJson(given: JsonObject): AdapterResult {
  const path = typeof given.path === 'string' ? given.path : ''
  if (given['error-code'] !== undefined || given['response-code'] !== undefined) return readOrcidError(given)
  if (given['orcid-profile'] !== undefined) return refused('records of the versions before 2 are not read')
  if (['num-found', 'result', 'expanded-result'].some((key) => given[key] !== undefined)) {
    return refused('what a search found says nothing of anybody: ask for the records')
  }
  if (given.person !== undefined || given['orcid-identifier'] !== undefined) return readOrcidPerson(given)
  const [, , section = ''] = path.split('/')
  if (section === 'work' || (given['put-code'] !== undefined && section === '')) return readOrcidWork(given)
  if (section === 'person' || given.name !== undefined) return readOrcidPerson(given)
  if (section === 'works') return refused('the list has no works')
  if (section !== '') return refused(`"${section}" is a part of a record: ask for the whole record`)
  return refused('the record has no iD', 'missing_field', '/orcid-identifier/path')
}

function refused(detail: string, code = 'unexpected_format', pointer = ''): AdapterResult {
  return { ok: false, errors: [{ code, pointer, detail }] }
}

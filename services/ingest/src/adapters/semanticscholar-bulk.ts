import type { JsonObject } from './adapter.ts'
import { ourWord } from './mapping.ts'

// Fields of the bulk data sets (`papers`, `authors`) by their names in the Graph API.
const NAMES: Readonly<Record<string, string>> = {
  corpusid: 'corpusId',
  externalids: 'externalIds',
  publicationvenueid: 'publicationVenueId',
  referencecount: 'referenceCount',
  citationcount: 'citationCount',
  influentialcitationcount: 'influentialCitationCount',
  isopenaccess: 'isOpenAccess',
  s2fieldsofstudy: 's2FieldsOfStudy',
  publicationtypes: 'publicationTypes',
  publicationdate: 'publicationDate',
  openaccessinfo: 'openAccessInfo',
  authorid: 'authorId',
  papercount: 'paperCount',
  hindex: 'hIndex',
}

/** A line of a bulk data set under the names of the Graph API; an answer of that API as it is. */
export function asInApi(given: JsonObject): JsonObject {
  if (given.corpusid === undefined && given.authorid === undefined) return given
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [ourWord(NAMES, key) ?? key, value]))
}

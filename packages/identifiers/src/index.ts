export type { Branded } from './brand.ts'
export { compatibleNames, mayBeSamePerson, NAME_LEVELS, type NameLevel } from './compatible-names.ts'
export { type Doi, parseDoi } from './doi.ts'
export * from './ids.ts'
export { familyAndInitial, nameKeys } from './name-keys.ts'
export { foldName, type NameAsGiven, type PersonalName, parsePersonalName } from './names.ts'
export { type Orcid, parseOrcid } from './orcid.ts'
export {
  type ArxivId,
  type HalId,
  type OpenAlexId,
  type Pmcid,
  type Pmid,
  parseArxivId,
  parseHalId,
  parseOpenAlexId,
  parsePmcid,
  parsePmid,
  type Versioned,
} from './repositories.ts'
export { parseRor, type Ror } from './ror.ts'
export { type Isbn, type Issn, parseIsbn, parseIssn } from './serials.ts'
export { foldText, foldTitle, titleTokens } from './text.ts'

export {
  type FundrefId,
  type GridId,
  type Isni,
  type Nnt,
  type Ppn,
  parseFundrefId,
  parseGridId,
  parseIsni,
  parseNnt,
  parsePpn,
  parseRnsr,
  parseWikidataId,
  type Rnsr,
  type WikidataId,
} from './authorities.ts'
export type { Branded } from './brand.ts'
export {
  type CoreId,
  type DoajId,
  type EuropePmcId,
  type PerseeId,
  parseCoreId,
  parseDoajId,
  parseEuropePmcId,
  parsePerseeId,
  parseZenodoId,
  type ZenodoId,
} from './catalogues.ts'
export { compatibleNames, mayBeSamePerson, NAME_LEVELS, type NameLevel } from './compatible-names.ts'
export { isDepositDoi } from './deposits.ts'
export { type Doi, parseDoi } from './doi.ts'
export {
  type InspireId,
  parseInspireId,
  parseS2AuthorId,
  parseS2CorpusId,
  parseS2PaperId,
  type S2AuthorId,
  type S2CorpusId,
  type S2PaperId,
} from './graphs.ts'
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
export { bibtexNames, texText, texVerbatim } from './tex-text.ts'
export { foldText, foldTitle, titleTokens } from './text.ts'

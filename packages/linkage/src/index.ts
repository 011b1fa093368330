export {
  type Attribution,
  attribute,
  type Compared,
  type ComparedPair,
  type Contribution,
  compareAll,
  comparePair,
  logOddsOf,
} from './attribution/attribute.ts'
export { FITTING, type Fitting } from './attribution/compare.ts'
export { detailsOf } from './attribution/details.ts'
export {
  type Frequencies,
  type FrequencyTable,
  learnFrequencies,
  NO_TABLE,
  venueKey,
} from './attribution/frequencies.ts'
export {
  AT_MOST,
  type AttributionModel,
  COMPARISON_NAMES,
  COMPARISONS,
  type ComparisonName,
  HINTS,
  type Levels,
  NOBODY_FROM,
  RARITIES,
  RARITY_NAMES,
  type Rarity,
  SETTLING,
  UNPROVEN,
} from './attribution/model.ts'
export {
  type AttributedProfile,
  type AttributedSlot,
  type AttributedWork,
  attributedProfile,
  attributedSlot,
  attributedWork,
} from './attribution/prepare.ts'
export { reasonsOf } from './attribution/reasons.ts'
export {
  bestFirst,
  type PairOdds,
  pairOdds,
  publishedScore,
  roundedOdds,
  type SettledPair,
  type Settlement,
  settlementOf,
  settleWork,
} from './attribution/settle.ts'
export { ATTRIBUTION_2, SHIPPED_FREQUENCIES } from './attribution/shipped.ts'
export { termsOf } from './attribution/terms.ts'
export { type BlockIndex, createBlockIndex, type Meeting, meet } from './authors/block-index.ts'
export { BLOCK_CAP, type Lookup, lookupOf, roomUnder, slotStandsUnder } from './authors/blocks.ts'
export { decisionEvidence } from './authors/decisions.ts'
export { evidenceOf } from './authors/evidence.ts'
export { allKeys, isOfFrequentName, keysBySpecificity, profileKeys, slotKeys, standsUnder } from './authors/keys.ts'
export { compareNames, NAME_LEVELS, type NameLevel } from './names/compare-names.ts'
export { type PreparedName, prepareName } from './names/prepare-name.ts'
export { isSlavic, soundOf } from './names/transcriptions.ts'
export { shortKey } from './text/hash.ts'
export type * from './types.ts'
export { sameLicence } from './works/agreement.ts'
export { canonical } from './works/canonical.ts'
export { choose } from './works/choose.ts'
export { citedKeys } from './works/citations.ts'
export { clusterWorks, successorOf } from './works/cluster.ts'
export { slotFeaturesOf, workFeaturesOf } from './works/features.ts'
export { fingerprintsFor, type IndexKeys, indexKeysFor } from './works/fingerprints.ts'
export { baseDoi, identifierKeysOf } from './works/identifiers.ts'
export { speakers } from './works/precedence.ts'
export { type PreparedRecord, prepareRecord } from './works/prepare.ts'
export { type RuleSet, SHIPPED_RULES, variedRules } from './works/rule-set.ts'
export { parseVariation, type RuleVariation } from './works/rule-variation.ts'
export { OTHER_SCHEMES, WORK_SCHEMES } from './works/schemes.ts'
export { alignSlots } from './works/slots.ts'
export { SUSPICION_KINDS } from './works/suspicions.ts'
export { type ToldBeside, toldBeside } from './works/told-beside.ts'
export { isAccepted, linksAmong, verdict, verdictOf } from './works/verdict.ts'
export { inverseOf, leadsToWork, workIdentifiers } from './works/work-identifiers.ts'

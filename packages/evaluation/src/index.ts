export { BASELINE_NAMES, BASELINES, type Baseline, baselineNamed } from './baselines/named.ts'
export { createAuthorEngine, createPairEngine, DEFAULT_MODEL, MODEL_NAMES } from './engine/linkage.ts'
export { BadModelError, modelText, modelWanted, readModel } from './engine/model-file.ts'
export type { AuthorEngine, EngineReason, PairEngine, Proposal } from './engine/port.ts'
export { type PersonFile, worksOfPersons } from './make/person-files.ts'
export { labelledSet, type SilverSet, silverSet } from './make/silver-set.ts'
export type { UnifiedRecord } from './make/unified.ts'
export { writeSet } from './make/write-set.ts'
export { type Answer, type Answerer, type AuthorMatch, matchAuthors } from './match/authors.ts'
export { matchPairs, type PairMatch } from './match/pairs.ts'
export { readAuthorMatches, readPairMatches } from './match/read-matches.ts'
export { writeLines } from './match/write.ts'
export { nameBlock } from './names/plain-name.ts'
export { BadFileError } from './neutral/lines.ts'
export { readAuthorSet, readPairSet } from './neutral/read-set.ts'
export type * from './neutral/types.ts'
export { authorsText, nameOf } from './report/authors-text.ts'
export { wrongAnswerText, wrongPairText } from './report/errors-text.ts'
export { authorsHtml } from './report/html/authors.ts'
export { pairsHtml } from './report/html/pairs.ts'
export { authorsJson, pairsJson } from './report/json.ts'
export { pairsText } from './report/pairs-text.ts'
export { differenceTable } from './report/read-off.ts'
export { table } from './report/table.ts'
export { writeReport } from './report/write-report.ts'
export { type Difference, differencesOf } from './run/compare.ts'
export { type AuthorBench, type AuthorResult, openAuthorBench, type Progress } from './run/evaluate-authors.ts'
export { openPairBench, type PairBench, type PairResult } from './run/evaluate-pairs.ts'
export { type AuthorScore, scoreAuthors } from './score/authors.ts'
export { pairedBootstrap } from './score/bootstrap.ts'
export type { ScoredItem, ScoredPair } from './score/item.ts'
export { type PairScore, scorePairs } from './score/pairs.ts'
export {
  judgePairs,
  judgeStream,
  prepare,
  TRAIN,
  type TrainingSets,
  type TrainOptions,
  trainModel,
} from './train/train.ts'
export { answererOf } from './truth/answers.ts'
export { type ItemTruth, type PairTruth, readItemTruths, readPairTruths } from './truth/read-truths.ts'

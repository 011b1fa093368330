export { type CheckedDeployment, type CheckOptions, checkDeployment, lookAtPositions } from './check-deployment.ts'
export { checkDumps, INVARIANTS, resultLine } from './check-dumps.ts'
export type { Dumps, Samples } from './dumps.ts'
export {
  type ActAnswered,
  type ActAsked,
  type History,
  NO_HISTORY,
  type Operation,
  operationsOf,
  type PushAnswered,
  type PushAsked,
  parseHistory,
} from './history.ts'
export { createRecorder, outcomesOf, type Recorder, type Told } from './recorder.ts'
export { createSampling, type Position, type Sampling } from './samples.ts'
export type { CheckResult, Expected, Finding, Invariant } from './verdict.ts'

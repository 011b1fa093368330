export { type ImportEvent, type ImportOptions, type ImportRun, runImport } from './import-process.ts'
export { introduce, newProfileOf } from './introduce.ts'
export { type DeploymentKeys, makeKeys } from './keys.ts'
export {
  answered,
  asOperator,
  createProfiles,
  createPushKey,
  type NewProfile,
  type PushAnswer,
  push,
  type QuestionView,
  type Receipt,
  type Researcher,
  signIn,
} from './people.ts'
export type { RebuiltReadModel } from './rebuilt-read-model.ts'
export { type ProgramOptions, type ProgramRun, runProgram } from './run-program.ts'
export type { ServiceName, ServiceProcess } from './service-process.ts'
export { type SettledOptions, settled } from './settled.ts'
export { type Deployment, type DeploymentOptions, startDeployment } from './start-deployment.ts'

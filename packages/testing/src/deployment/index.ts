export { type DeploymentKeys, makeKeys } from './keys.ts'
export type { ServiceName, ServiceProcess } from './service-process.ts'
export { type SettledOptions, settled } from './settled.ts'
export { type Deployment, type DeploymentOptions, startDeployment } from './start-deployment.ts'

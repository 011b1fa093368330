import type { Deployment } from '@atlas/testing/deployment'
import { type DeploymentFile, OWNERS } from '../context.ts'

/** What the command line needs to reach this deployment. It holds secrets: its file is its owner's only. */
export function deploymentFile(deployment: Deployment): DeploymentFile {
  const { addresses, keys } = deployment
  return {
    settings: {
      KAFKA_BROKERS: addresses.brokers.join(','),
      KAFKA_TOPIC_PREFIX: addresses.topicPrefix,
      SCHEMA_REGISTRY_URL: addresses.registryUrl,
      REDIS_URL: addresses.redisUrl,
      CHECKPOINT_DIR: addresses.checkpointDir,
      CHECKPOINT_PUBLIC_KEY: keys.checkpointPublic,
      SERVICE_SECRET: keys.services.cli,
      PRINCIPAL_PRIVATE_KEY: keys.principalPrivate,
      ...Object.fromEntries(OWNERS.map((owner) => [`${owner.toUpperCase()}_URL`, deployment.url(owner)])),
    },
    services: Object.fromEntries(OWNERS.map((owner) => [owner, deployment.env(owner)])),
  }
}

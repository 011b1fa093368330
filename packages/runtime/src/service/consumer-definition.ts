import type { ServiceConfig } from '../config.ts'
import type { ConsumerSpec, ServiceDefinition } from './definition.ts'

/** The whole definition of a consumer: also what replay and rebuild run. */
export function consumerDefinitionOf<T>(config: ServiceConfig, definition: ServiceDefinition, spec: ConsumerSpec<T>) {
  const topic = definition.topics[spec.topic]
  if (!topic) throw new Error(`no topic "${spec.topic}"`)
  return {
    ...spec,
    service: config.service,
    env: config.env,
    kind: topic.kind,
    partitions: topic.partitions,
    types: spec.types ?? [spec.topic.replace(/s$/, '')],
  }
}

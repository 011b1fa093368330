export { MessageTooLargeError, RetryableError, UnknownTopicError } from './bus/errors.ts'
export { connectKafka } from './bus/kafka.ts'
export {
  type KafkaConfig,
  type KafkaTimers,
  PRODUCTION_KAFKA_TIMERS,
  TEST_KAFKA_TIMERS,
} from './bus/kafka-config.ts'
export { type KafkaSecurity, readKafkaSecurity } from './bus/kafka-security.ts'
export { partitionOf } from './bus/partition.ts'
export type {
  Batch,
  Bus,
  BusAdmin,
  NewTopic,
  OutgoingMessage,
  PartitionOffsets,
  SubscribeOptions,
  Subscription,
  TopicDescription,
} from './bus/port.ts'
export { type Accepted, type AcceptOptions, acceptPosition } from './consumer/accept.ts'
export { type ConsumerDefinition, type Decode, type Described, groupOf } from './consumer/definition.ts'
export {
  type ExportedMessage,
  type Exporter,
  type ExportPage,
  exportFacts,
  exportSnapshots,
  type ListFacts,
  type ListObjects,
} from './consumer/export.ts'
export { inOrderFacts } from './consumer/facts-in-order.ts'
export type { Halt } from './consumer/halt.ts'
export { type LoadOptions, type LoadPlace, loadFromExport, startAgainAtEnds } from './consumer/load-export.ts'
export { type RepublishOptions, republish } from './consumer/republish.ts'
export {
  type Consumer,
  type ConsumerOptions,
  type ConsumerPosition,
  startConsumer,
} from './consumer/start-consumer.ts'
export { type ConsumerTimers, PRODUCTION_CONSUMER_TIMERS, TEST_CONSUMER_TIMERS } from './consumer/timers.ts'
export type { OutboxContext } from './outbox/context.ts'
export {
  assertFits,
  createOutbox,
  type Outbox,
  type OutboxItem,
  TooLargeError,
} from './outbox/outbox.ts'
export { type Relay, type RelayOptions, startRelay } from './outbox/relay.ts'
export { PRODUCTION_RELAY_TIMERS, type RelayTimers, TEST_RELAY_TIMERS } from './outbox/relay-timers.ts'
export type { OutboxTopic, OutboxTopics } from './outbox/topics.ts'
export { type DecideOptions, type Decision, discardQuarantine, replayQuarantine } from './quarantine/quarantine.ts'
export type { Quarantined } from './quarantine/quarantined.ts'
export { type ListOptions, listQuarantine, showQuarantine } from './quarantine/store-quarantine.ts'

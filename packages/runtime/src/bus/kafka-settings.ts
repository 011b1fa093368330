import kafkajs, { type KafkaConfig as KafkaSettings, type LogEntry, type logCreator, type SASLOptions } from 'kafkajs'
import type { Logger } from '../log.ts'
import type { KafkaConfig } from './kafka-config.ts'
import type { Seeds } from './kafka-seeds.ts'

/** Every setting of the client: the library's own defaults give up after a second, or wait for ever. */
export function settingsOf(config: KafkaConfig, seeds: Seeds, logger: Logger): KafkaSettings {
  const { timers, clientId, ssl, sasl } = config
  return {
    clientId,
    brokers: () => [...seeds.list()],
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl: sasl as SASLOptions }),
    connectionTimeout: timers.connectionMs,
    authenticationTimeout: timers.connectionMs,
    requestTimeout: timers.requestMs,
    enforceRequestTimeout: true,
    retry: {
      initialRetryTime: timers.retryStartMs,
      maxRetryTime: timers.retryMaxMs,
      factor: 0.2,
      multiplier: 2,
      retries: 3,
      // One way of recovery: exit, and be started again.
      restartOnFailure: async () => false,
    },
    logLevel: kafkajs.logLevel.INFO,
    logCreator: logInto(logger),
  }
}

/** The library calls much an error that it recovers from: nothing of it is worth waking somebody. */
function logInto(logger: Logger): logCreator {
  return () =>
    ({ namespace, level, log }: LogEntry) => {
      const { message, error } = log
      const line = { event: 'kafka-client', namespace, detail: message, ...(error ? { error: String(error) } : {}) }
      if (level <= kafkajs.logLevel.WARN) logger.warn(line)
      else logger.debug(line)
    }
}

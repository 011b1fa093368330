import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { KafkaConfig } from './kafka-config.ts'
import type { Bus } from './port.ts'

/** Connects to the brokers; refuses those this client cannot speak to, with one sentence. */
export function connectKafka(_config: KafkaConfig, _logger: Logger, _clock: Clock): Promise<Bus> {
  throw new Error('not built')
}

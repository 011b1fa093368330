import { type KafkaTimers, PRODUCTION_KAFKA_TIMERS, TEST_KAFKA_TIMERS } from '../bus/kafka-config.ts'
import { type ConsumerTimers, PRODUCTION_CONSUMER_TIMERS, TEST_CONSUMER_TIMERS } from '../consumer/timers.ts'
import type { EnvReader } from '../env-reader.ts'
import { PRODUCTION_RELAY_TIMERS, type RelayTimers, TEST_RELAY_TIMERS } from '../outbox/relay-timers.ts'

export interface DeliveryTimers {
  readonly kafka: KafkaTimers
  readonly consumer: ConsumerTimers
  readonly relay: RelayTimers
}

/** `TIMERS=production|test` chooses a set; `KAFKA_SESSION_MS`, `CONSUMER_…`, `RELAY_…` change one of them. */
export function readTimers(from: EnvReader): DeliveryTimers {
  const test = from.oneOf('TIMERS', ['production', 'test'], 'production') === 'test'
  return {
    kafka: overridden(from, 'KAFKA', test ? TEST_KAFKA_TIMERS : PRODUCTION_KAFKA_TIMERS),
    consumer: overridden(from, 'CONSUMER', test ? TEST_CONSUMER_TIMERS : PRODUCTION_CONSUMER_TIMERS),
    relay: overridden(from, 'RELAY', test ? TEST_RELAY_TIMERS : PRODUCTION_RELAY_TIMERS),
  }
}

function overridden<T extends object>(from: EnvReader, prefix: string, base: T): T {
  const entries = Object.entries(base).map(([name, value]) => {
    const variable = `${prefix}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
    return [name, from.int(variable, value as number, { min: 1 })]
  })
  return Object.fromEntries(entries) as T
}

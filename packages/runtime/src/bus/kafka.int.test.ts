import { describe, inject } from 'vitest'
import { systemClock } from '../clock.ts'
import { quiet } from '../testing/servers.ts'
import { busContract } from './bus.contract.ts'
import { connectKafka } from './kafka.ts'
import { TEST_KAFKA_TIMERS } from './kafka-config.ts'

describe('the bus on kafkajs', () =>
  busContract(() =>
    connectKafka(
      {
        brokers: inject('stack').brokers,
        clientId: 'contract',
        timers: TEST_KAFKA_TIMERS,
        partitionsConsumedConcurrently: 3,
      },
      quiet,
      systemClock,
    ),
  ))

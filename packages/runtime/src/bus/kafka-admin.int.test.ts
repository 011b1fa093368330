import { type Admin, Kafka } from 'kafkajs'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { quiet } from '../testing/servers.ts'
import { UnknownTopicError } from './errors.ts'
import { createAsking } from './kafka-admin.ts'
import { TEST_KAFKA_TIMERS } from './kafka-config.ts'
import { createSeeds } from './kafka-seeds.ts'
import { settingsOf } from './kafka-settings.ts'

type Command = 'createTopics' | 'createPartitions' | 'deleteTopics' | 'deleteGroups'

/** The real library, of which the first `times` answers to `command` are lost after the broker obeyed. */
function losingAnswers(command: Command, times: number): Kafka {
  const config = { brokers: inject('stack').brokers, clientId: 'losing', timers: TEST_KAFKA_TIMERS }
  const kafka = new Kafka(settingsOf(config, createSeeds(config.brokers), quiet))
  let lost = 0
  const losing = (admin: Admin) =>
    new Proxy(admin, {
      get(target, name, receiver) {
        const own: unknown = Reflect.get(target, name, receiver)
        if (name !== command || typeof own !== 'function') return own
        return async (...given: unknown[]) => {
          const answer: unknown = await own.apply(target, given).catch((error: unknown) => error)
          if (lost++ < times) throw new Error('Connection closed')
          if (answer instanceof Error) throw answer
          return answer
        }
      },
    })
  return new Proxy(kafka, {
    get: (target, name, receiver) =>
      name === 'admin' ? () => losing(target.admin()) : Reflect.get(target, name, receiver),
  })
}

describe('a command whose answer was lost is given again and finds its work done', () => {
  const cleaning = createAsking(losingAnswers('createTopics', 0), TEST_KAFKA_TIMERS, systemClock)
  const made: string[] = []
  afterAll(async () => {
    await cleaning.admin.deleteTopics(made)
    await cleaning[Symbol.asyncDispose]()
  })

  const aTopic = (name: string) => {
    const topic = `lost-${name}-${process.pid}`
    made.push(topic)
    return { topic, partitions: 3, replication: 1 }
  }
  const asking = (command: Command, times = 2) =>
    createAsking(losingAnswers(command, times), TEST_KAFKA_TIMERS, systemClock)

  it('making topics', async () => {
    await using losing = asking('createTopics')
    const topics = [aTopic('one'), aTopic('two')]
    await losing.admin.createTopics(topics)
    for (const { topic } of topics) expect(await losing.offsets(topic)).toHaveLength(3)
  })

  it('adding partitions', async () => {
    await using losing = asking('createPartitions')
    const wanted = aTopic('grown')
    await losing.admin.createTopics([wanted])
    await losing.admin.addPartitions(wanted.topic, 7)
    expect(await losing.offsets(wanted.topic)).toHaveLength(7)
  })

  it('deleting topics', async () => {
    await using losing = asking('deleteTopics')
    const wanted = aTopic('gone')
    await losing.admin.createTopics([wanted])
    await losing.admin.deleteTopics([wanted.topic])
    expect(await losing.describe(wanted.topic)).toBeUndefined()
  })

  it('but not for ever', async () => {
    await using losing = asking('createPartitions', 3)
    const wanted = aTopic('lost')
    await losing.admin.createTopics([wanted])
    await expect(losing.admin.addPartitions(wanted.topic, 7)).rejects.toThrow(
      'cannot add partitions: Connection closed',
    )
  })
  it('and a topic that is gone does not stand in the way of another', async () => {
    await using asked = asking('createTopics', 0)
    const [gone, stays] = [aTopic('deleted'), aTopic('stays')]
    await asked.admin.createTopics([gone, stays])
    expect(await asked.offsets(gone.topic)).toHaveLength(3)
    await cleaning.admin.deleteTopics([gone.topic])
    expect(await asked.offsets(stays.topic)).toHaveLength(3)
    await expect(asked.offsets(gone.topic)).rejects.toThrow(UnknownTopicError)
    expect(await asked.offsets(stays.topic)).toHaveLength(3)
  })
})

import { withAdmin } from '../admin-connection.ts'
import { askApiVersions } from '../kafka-protocol.ts'
import type { Part } from '../options.ts'
import { pingRedis } from '../parts/redis.ts'
import { askSubjects } from '../parts/registry.ts'
import { devPaths, REPOSITORY } from './paths.ts'
import { type DevState, readState } from './state.ts'
import type { DevOptions } from './up.ts'

export interface PartStatus {
  readonly part: Part
  readonly address: string
  /** Undefined: it answered a real request. */
  readonly trouble: string | undefined
}

/** Asks every part of the lasting stack for an answer; undefined when no stack runs. */
export async function devStatus({
  repository = REPOSITORY,
}: DevOptions = {}): Promise<readonly PartStatus[] | undefined> {
  const state = await readState(devPaths(repository))
  return state && Promise.all(questions(state).map(ask))
}

interface Question {
  readonly part: Part
  readonly address: string
  readonly request: () => Promise<unknown>
}

function questions({ postgres, kafka, registryUrl, redisUrl }: DevState): Question[] {
  const selectOne = () => withAdmin(postgres, 'postgres', (client) => client.query('select 1'))
  return [
    { part: 'postgres', address: `${postgres.host}:${postgres.port}`, request: selectOne },
    { part: 'redis', address: redisUrl, request: () => pingRedis(redisUrl) },
    { part: 'kafka', address: kafka.brokers.join(','), request: () => Promise.all(kafka.brokers.map(askApiVersions)) },
    { part: 'registry', address: registryUrl, request: () => askSubjects(registryUrl) },
  ]
}

async function ask({ part, address, request }: Question): Promise<PartStatus> {
  try {
    await request()
    return { part, address, trouble: undefined }
  } catch (error) {
    return { part, address, trouble: error instanceof Error ? error.message : String(error) }
  }
}

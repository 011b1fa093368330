import { parentPort, workerData } from 'node:worker_threads'
import { type DatabaseConfig, openDatabase } from '@atlas/runtime'
import { quiet } from '@atlas/runtime/testing'
import { createPopulation } from '../people/people.ts'
import { storedPerson } from '../people/stored.ts'
import { copyProfiles, profileRows } from './profile-rows.ts'

/** What a worker is given: where to, and which people of which population it then is asked for. */
export interface Loading {
  readonly database: DatabaseConfig
  readonly seed: string
}

/** People to store. */
export type Range = readonly [from: number, to: number]

export interface Loaded {
  readonly keys: number
  readonly featureBytes: number
}

const { database: config, seed } = workerData as Loading
const database = openDatabase(config, quiet)
const population = createPopulation(seed)
parentPort?.on('message', async ([from, to]: Range) => {
  const people = Array.from({ length: to - from }, (_, at) => storedPerson(population, from + at))
  const rows = profileRows(people, from + 1)
  await database.transaction((tx) => copyProfiles(tx, rows))
  const featureBytes = rows.profiles.reduce((sum, { features }) => sum + Buffer.byteLength(features), 0)
  parentPort?.postMessage({ keys: rows.keys.length, featureBytes } satisfies Loaded)
})

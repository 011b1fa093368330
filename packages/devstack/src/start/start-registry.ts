import { join } from 'node:path'
import { registryJars } from '../jars.ts'
import type { PostgresAddress } from '../options.ts'
import { askSubjects, createRegistryDatabase, registryCommand, registryUrl } from '../parts/registry.ts'
import { secretsFor } from '../secrets.ts'
import { waitUntil } from '../wait-until.ts'
import { beginPart, withOtherPorts } from './begin-part.ts'
import { onePort } from './one-port.ts'
import type { Starting } from './starting.ts'

const ROLE = 'registry_app'

export async function startRegistry(starting: Starting, postgres: PostgresAddress | undefined): Promise<string> {
  const { options, programs, logsDir } = starting
  const given = options.env['SCHEMA_REGISTRY_URL']
  if (given) {
    await waitUntil(() => askSubjects(given), {
      what: 'the registry at SCHEMA_REGISTRY_URL',
      timeoutMs: 15_000,
      everyMs: 200,
    })
    return given
  }
  if (postgres === undefined && options.persistent) {
    throw new Error('a lasting schema registry needs part "postgres": ids kept in memory would change their meaning')
  }
  const jars = await registryJars(options.env, programs, options.onProgress)
  const storage = postgres && (await createRegistryDatabase(postgres, await password(options.dataDir)))
  return withOtherPorts(starting, 'registry', async (retry) => {
    const port = await onePort(starting, 'registry', retry)
    const java = programs.registry?.java.path ?? 'java'
    await beginPart(starting, registryCommand({ java, jars, port, storage, logFile: join(logsDir, 'registry.log') }))
    return registryUrl(port)
  })
}

async function password(dataDir: string): Promise<string> {
  return (await secretsFor(join(dataDir, 'env.json'), [ROLE]))[ROLE] ?? ''
}

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pingRedis, redisCommand } from '../parts/redis.ts'
import { waitUntil } from '../wait-until.ts'
import { beginPart, withOtherPorts } from './begin-part.ts'
import { onePort } from './one-port.ts'
import type { Starting } from './starting.ts'

export async function startRedis(starting: Starting): Promise<string> {
  const { options, programs, logsDir } = starting
  const given = options.env['REDIS_URL']
  if (given) {
    await waitUntil(() => pingRedis(given), { what: 'Redis at REDIS_URL', timeoutMs: 10_000, everyMs: 200 })
    return given
  }
  const dataDir = join(options.dataDir, 'redis')
  await mkdir(dataDir, { recursive: true })
  return withOtherPorts(starting, 'redis', async (retry) => {
    const port = await onePort(starting, 'redis', retry)
    const program = programs.redisServer ?? 'redis-server'
    await beginPart(starting, redisCommand({ program, port, dataDir, logFile: join(logsDir, 'redis.log') }))
    return `redis://127.0.0.1:${port}`
  })
}

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withAdmin } from '../admin-connection.ts'
import type { PostgresAddress } from '../options.ts'
import type { PartCommand } from '../part-process.ts'
import type { PostgresFiles } from './postgres-files.ts'

export interface PostgresOptions {
  readonly files: PostgresFiles
  readonly address: PostgresAddress
  readonly logFile: string
  readonly persistent: boolean
  readonly fsync: boolean
}

/** Creates the cluster unless the folder holds one. */
export async function initPostgres(
  { binaries, data, user }: PostgresFiles,
  password: string,
  fsync: boolean,
): Promise<void> {
  if (existsSync(join(data, 'PG_VERSION'))) return
  const passwordFile = `${data}.password`
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid)
  const args = ['-D', data, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  args.push('--locale=C.UTF-8', '--lc-messages=C', ...(fsync ? [] : ['--no-sync']))
  try {
    await promisify(execFile)(join(binaries, 'initdb'), args, { ...user, cwd: '/' })
  } catch (cause) {
    await rm(data, { recursive: true, force: true }) // a half-made cluster would pass for a whole one next time
    throw new Error('failed to create the PostgreSQL cluster', { cause })
  } finally {
    await rm(passwordFile, { force: true })
  }
}

export function postgresCommand({ files, address, logFile, persistent, fsync }: PostgresOptions): PartCommand {
  const settings: Readonly<Record<string, string | number>> = {
    listen_addresses: address.host,
    port: address.port,
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    // A forgotten prepared transaction would hold back the snapshot xmin, and with it every outbox, for ever.
    max_prepared_transactions: 0,
    shared_buffers: '256MB',
    jit: 'off',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // synchronous_commit stays on without fsync: a killed server must still have every commit it acknowledged.
    ...(fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  return {
    name: 'postgres',
    command: join(files.binaries, 'postgres'),
    args: ['-D', files.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: process.env,
    cwd: '/',
    user: files.user,
    logFile,
    // INT is a fast shutdown. QUIT is a crash in good order: it skips the checkpoint and still frees shared memory.
    stopSignal: persistent ? 'SIGINT' : 'SIGQUIT',
    graceMs: 30_000,
    wholeTree: true,
    beforeStart: () => removeStaleLock(files.data),
    ask: () => withAdmin(address, 'postgres', (client) => client.query('select 1')),
  }
}

/**
 * A killed server leaves postmaster.pid behind, and after a reboot its number may belong to something else, which
 * PostgreSQL would take for a running server.
 */
async function removeStaleLock(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock) || process.platform !== 'linux') return
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0])
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!commandLine.includes(data)) await rm(lock, { force: true })
}

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { withAdmin } from '../admin-connection.ts'
import type { PostgresAddress } from '../options.ts'
import type { PartCommand } from '../part-process.ts'

/** A header by which a registry shows that it is the one started here. */
const MARK = 'atlas-stack'

export interface RegistryOptions {
  readonly java: string
  readonly jars: string
  readonly port: number
  readonly logFile: string
  /** Undefined keeps the schemas in memory: only beside a throw-away broker, whose messages end with them. */
  readonly storage: RegistryStorage | undefined
}

export interface RegistryStorage {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}

/** The registry has a database and a role of its own, which no service can connect to; made once, repeated without effect. */
export async function createRegistryDatabase(postgres: PostgresAddress, password: string): Promise<RegistryStorage> {
  const [database, user] = ['registry_db', 'registry_app']
  await withAdmin(postgres, 'postgres', async (client) => {
    const exists = async (sql: string, name: string) => ((await client.query(sql, [name])).rowCount ?? 0) > 0
    if (!(await exists('select 1 from pg_roles where rolname = $1', user)))
      await client.query(`create role ${user} login`)
    await client.query(`alter role ${user} password ${client.escapeLiteral(password)}`)
    if (!(await exists('select 1 from pg_database where datname = $1', database))) {
      await client.query(`create database ${database} owner ${user}`)
    }
    await client.query(`revoke connect, temporary on database ${database} from public`)
  })
  return { host: postgres.host, port: postgres.port, database, user, password }
}

export function registryCommand({ java, jars, port, logFile, storage }: RegistryOptions): PartCommand {
  const url = registryUrl(port)
  const mark = randomUUID()
  return {
    name: 'registry',
    command: java,
    args: [
      '-Xmx320m',
      // 2.6 s instead of 3.4 s to the first answer; it serves a lookup now and then.
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
      '-Dquarkus.http.host=127.0.0.1',
      `-Dquarkus.http.port=${port}`,
      '-Dquarkus.http.access-log.enabled=false',
      `-Dquarkus.http.header."${MARK}".value=${mark}`,
      '-Dquarkus.management.host=127.0.0.1',
      '-Dquarkus.management.port=0',
      '-Dapicurio.rules.global.compatibility=FULL_TRANSITIVE',
      '-jar',
      runner(jars),
    ],
    env: { ...process.env, ...storageSettings(storage) },
    cwd: '/',
    logFile,
    stopSignal: 'SIGTERM',
    graceMs: 10_000,
    ask: async () => {
      const answer = await askSubjects(url)
      if (answer.headers.get(MARK) !== mark) throw new Error(`the schema registry at "${url}" belongs to another stack`)
      await requireFullCompatibility(url)
    },
  }
}

export function registryUrl(port: number): string {
  return `http://127.0.0.1:${port}/apis/ccompat/v7`
}

export async function askSubjects(url: string): Promise<Response> {
  const response = await fetch(`${url}/subjects`, { signal: AbortSignal.timeout(10_000) })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`the schema registry answers ${response.status}`)
  return response
}

/** 3.0.9 ignores the start flag; this request works on both. */
async function requireFullCompatibility(url: string): Promise<void> {
  const response = await fetch(`${url}/config`, {
    method: 'PUT',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ compatibility: 'FULL_TRANSITIVE' }),
    signal: AbortSignal.timeout(10_000),
  })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`the schema registry answers ${response.status} to its compatibility rule`)
}

function runner(jars: string): string {
  const path = ['quarkus-run.jar', 'apicurio-registry-app-3.0.9-runner.jar']
    .map((name) => join(jars, name))
    .find(existsSync)
  if (path === undefined) throw new Error(`no registry in "${jars}": remove that folder and start again`)
  return path
}

function storageSettings(storage: RegistryStorage | undefined): Readonly<Record<string, string>> {
  if (storage === undefined) return {}
  return {
    APICURIO_STORAGE_KIND: 'sql',
    APICURIO_STORAGE_SQL_KIND: 'postgresql',
    APICURIO_DATASOURCE_URL: `jdbc:postgresql://${storage.host}:${storage.port}/${storage.database}`,
    APICURIO_DATASOURCE_USERNAME: storage.user,
    APICURIO_DATASOURCE_PASSWORD: storage.password,
    // Its pool holds 20 connections at rest otherwise, of the 200 that all services share.
    APICURIO_DATASOURCE_JDBC_INITIAL_SIZE: '2',
    APICURIO_DATASOURCE_JDBC_MIN_SIZE: '2',
    APICURIO_DATASOURCE_JDBC_MAX_SIZE: '10',
  }
}

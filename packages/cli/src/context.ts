import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CommandSigner, Env } from '@atlas/runtime'
import { CliError } from './exit.ts'

/** The world outside the program: handed in by main. */
export interface Terminal {
  readonly env: Env
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
}

export type Owner = 'ingest' | 'matcher' | 'verifier' | 'profiles' | 'api'
export const OWNERS: readonly Owner[] = ['ingest', 'matcher', 'verifier', 'profiles', 'api']

/** How the command line reaches a deployment. */
export interface Context extends Terminal {
  readonly root: string
  /** A setting: the environment first, then what the running local deployment wrote down. */
  setting(name: string): string
  /** Everything a service's own entry point needs. */
  serviceEnv(service: Owner): Env
  call(
    owner: Owner,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<unknown>
  print(value: unknown): void
  note(line: string): void
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Written by the demo and by `atlas dev`; readable by its owner only. */
export const DEPLOYMENT_FILE = '.dev/deployment.json'

/** What a local deployment leaves for the command line. */
export interface DeploymentFile {
  readonly settings: Readonly<Record<string, string>>
  readonly services: Readonly<Partial<Record<Owner, Readonly<Record<string, string>>>>>
}

export function createContext(terminal: Terminal): Context {
  const { env, stdout, stderr } = terminal
  let file: DeploymentFile | undefined
  const deployment = (): DeploymentFile => {
    file ??= readDeployment(env['ATLAS_DEPLOYMENT'] ?? join(ROOT, DEPLOYMENT_FILE))
    return file
  }
  const setting = (name: string): string => {
    const value = env[name] ?? deployment().settings[name]
    if (value === undefined) throw new CliError(`${name} is not set; start the demo, or set it in the environment`, 2)
    return value
  }
  let signer: CommandSigner | undefined
  const sign = async () => {
    signer ??= await signerOf(setting)
    return signer.headersFor({ actor: env['USER'] ?? 'operator', onBehalfOf: null, roles: ['admin'] })
  }
  return {
    ...terminal,
    root: ROOT,
    setting,
    serviceEnv: (service) => ({ ...deployment().services[service], ...env }),
    async call(owner, method, path, body, headers = {}) {
      const response = await fetch(new URL(path, setting(`${owner.toUpperCase()}_URL`)), {
        method,
        headers: {
          ...headers,
          ...(await sign()),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const answer = parsed(await response.text())
      if (response.ok) return answer
      const { detail, code } = (answer ?? {}) as { detail?: string; code?: string }
      throw new CliError(`${owner}: ${detail ?? response.statusText} (${code ?? response.status})`)
    },
    print: (value) => void stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`),
    note: (line) => void stderr.write(`${line}\n`),
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch (cause) {
    throw new CliError(`something else than a service of ours answers there: "${text.slice(0, 80)}"`, 1, { cause })
  }
}

function readDeployment(path: string): DeploymentFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DeploymentFile
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { settings: {}, services: {} }
    throw error
  }
}

async function signerOf(setting: (name: string) => string): Promise<CommandSigner> {
  // Loaded when it is needed: half of the time `--help` would take.
  const { createSigner, readEnv, readSignerConfig, systemClock } = await import('@atlas/runtime')
  const config = readEnv(
    { SERVICE_SECRET: setting('SERVICE_SECRET'), PRINCIPAL_PRIVATE_KEY: setting('PRINCIPAL_PRIVATE_KEY') },
    (from) => readSignerConfig(from, 'cli'),
  )
  if (!config) throw new CliError('SERVICE_SECRET and PRINCIPAL_PRIVATE_KEY cannot sign commands', 2)
  return createSigner(config, () => systemClock.now())
}

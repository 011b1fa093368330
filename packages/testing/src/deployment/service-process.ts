import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type ServiceName = 'ingest' | 'matcher' | 'verifier' | 'profiles' | 'api'

export interface ServicePorts {
  readonly httpPort: number | undefined
  readonly opsPort: number
}

/** One member of one service, as a process of its own. */
export interface ServiceProcess {
  readonly service: ServiceName
  readonly instance: string
  readonly pid: number
  readonly ports: ServicePorts
  /** Resolves with the exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>
  kill(signal: NodeJS.Signals): void
}

const root = new URL('../../../../', import.meta.url)

export interface StartOptions {
  readonly service: ServiceName
  readonly instance: string
  readonly env: Readonly<Record<string, string>>
  readonly logFile: string
  readonly startMs?: number
}

/** Starts a member and waits until it says which ports it listens on. Its log goes to `logFile`. */
export async function startProcess(options: StartOptions): Promise<ServiceProcess> {
  const { service, instance, env, logFile, startMs = 60_000 } = options
  mkdirSync(dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile, { flags: 'a' })
  const main = fileURLToPath(new URL(`services/${service}/src/main.ts`, root))
  const child = spawn(process.execPath, ['--conditions=development', main], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ATLAS_RUN: process.env['ATLAS_RUN'],
      ATLAS_INSTANCE: instance,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: fileURLToPath(root),
  })
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 1))
  })
  const ports = await started(child, log, exited, options, startMs)
  return { service, instance, pid: child.pid ?? 0, ports, exited, kill: (signal) => void child.kill(signal) }
}

function started(
  child: ChildProcess,
  log: WriteStream,
  exited: Promise<number | NodeJS.Signals>,
  { service, instance, logFile }: StartOptions,
  startMs: number,
): Promise<ServicePorts> {
  const last: string[] = []
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${service} ${instance} did not start within ${startMs} ms; its log is ${logFile}`))
    }, startMs)
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`)
        last.push(line)
        if (last.length > 8) last.shift()
        const ports = portsIn(line)
        if (ports) {
          clearTimeout(timer)
          resolve(ports)
        }
      })
    }
    void exited.then((code) => {
      clearTimeout(timer)
      log.end()
      reject(new Error(`${service} ${instance} ended with ${code} while starting:\n${last.join('\n')}`))
    })
  })
}

/** The line `service-started` names the ports, so that none has to be fixed. */
function portsIn(line: string): ServicePorts | undefined {
  if (!line.includes('"service-started"')) return undefined
  const { httpPort, opsPort } = JSON.parse(line) as { httpPort?: number; opsPort: number }
  return { httpPort, opsPort }
}

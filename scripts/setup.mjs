// Prepares a bare machine. Plain JavaScript without dependencies: Node 20 runs it before anything is installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { withLock } from '../packages/devstack/src/plain/lock.mjs'
import { findPrerequisites, findProgram } from '../packages/devstack/src/plain/prerequisites.mjs'
import { node24, ROOT } from './root.mjs'

const PNPM_VERSION = '12.21.0'
const PNPM = join(ROOT, '.tools/node_modules/.bin/pnpm')
const STAMP = join(ROOT, '.tools/setup.json')
const INPUTS = [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'packages/devstack/jvm/kafka/pom.xml',
  'packages/devstack/jvm/registry/pom.xml',
]

/** Exit code of `atlas` for a dependency that is unavailable. */
export const UNAVAILABLE = 4

export class MissingPrerequisitesError extends Error {}

/** Leaves everything installed that the demo and the tests need; does nothing when that is the case already. */
export async function setUp() {
  const begin = performance.now()
  const { missing, installRedis } = checkPrerequisites()
  if (missing.length > 0) throw new MissingPrerequisitesError(missing.join('\n'))
  if (isDone() && !installRedis) return

  const steps = [
    installRedis && { what: 'Redis', run: installRedisServer },
    { what: `pnpm ${PNPM_VERSION}`, run: installPnpm },
    { what: 'packages', run: installPackages },
    { what: 'jars of Kafka and the schema registry', run: fetchJars },
  ].filter(Boolean)
  let downloads = 0
  const onWait = () => say('waiting for another set-up of this copy')
  await withLock(
    join(ROOT, '.tools/setup.lock'),
    async () => {
      if (isDone() && !installRedis) return
      const kept = {}
      for (const [i, { what, run }] of steps.entries()) {
        say(`set-up ${i + 1}/${steps.length}: ${what}`)
        const from = performance.now()
        Object.assign(kept, await run())
        downloads += performance.now() - from
        say(`set-up ${i + 1}/${steps.length}: ${what}: ${seconds(performance.now() - from)}`)
      }
      writeFileSync(STAMP, JSON.stringify({ inputs: inputsHash(), ...kept }))
    },
    { onWait },
  )
  say(`set-up done: ${seconds(performance.now() - begin)}, of which downloads ${seconds(downloads)}`)
}

/** All of them before anything else happens: nobody should repair one, wait for a minute, and meet the next. */
function checkPrerequisites() {
  const { missing, redisServer } = findPrerequisites()
  const installRedis =
    !redisServer &&
    !process.env.REDIS_URL &&
    process.getuid?.() === 0 &&
    findProgram(['apt-get'], process.env) !== undefined
  const sentences = missing.filter((sentence) => !(installRedis && sentence.startsWith('Redis')))
  if (Number(process.versions.node.split('.')[0]) < 20) {
    sentences.unshift(
      `Node 20 or newer is missing (this is ${process.versions.node}): install it from nodejs.org or with your package manager.`,
    )
  }
  if (findProgram(['npm'], process.env) === undefined) {
    sentences.push('npm is missing: it comes with Node, on Debian as the package "npm".')
  }
  return { missing: sentences, installRedis }
}

function isDone() {
  if (!existsSync(STAMP) || !existsSync(PNPM) || node24() === undefined) return false
  const { inputs, folders } = JSON.parse(readFileSync(STAMP, 'utf8'))
  return inputs === inputsHash() && folders.every((folder) => existsSync(folder))
}

function inputsHash() {
  const hash = createHash('sha256').update(
    `${PNPM_VERSION} ${process.platform} ${process.arch} ${process.env.ATLAS_CACHE ?? ''}`,
  )
  for (const name of INPUTS) hash.update(readFileSync(join(ROOT, name)))
  return hash.digest('hex')
}

async function installRedisServer() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () => run('apt-get', ['install', '-y', '-qq', 'redis-server'], env)
  // A fresh container has no package lists.
  await install().catch(async () => {
    await run('apt-get', ['update', '-qq'], env)
    await install()
  })
}

async function installPnpm() {
  if (existsSync(PNPM) && (await succeeds(PNPM, ['--version']))) return
  rmSync(join(ROOT, '.tools/node_modules'), { recursive: true, force: true })
  await run(
    'npm',
    [
      'install',
      '--prefix',
      '.tools',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `pnpm@${PNPM_VERSION}`,
    ],
    writableHome(),
  )
}

async function installPackages() {
  // CI=true: without a terminal pnpm would ask before it replaces a node_modules of another layout, and fail.
  await run(PNPM, ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'], {
    ...writableHome(),
    CI: 'true',
  })
}

async function fetchJars() {
  const node = node24()
  if (node === undefined)
    throw new Error(
      `there is no Node 24 for ${process.platform} ${process.arch} in the workspace, and this is Node ${process.versions.node}`,
    )
  const output = await run(node, ['--conditions=development', 'packages/devstack/src/main.ts', 'jars'], process.env)
  return { folders: JSON.parse(output) }
}

/** Package managers keep caches in the home; where that cannot be written, they get a place in this copy. */
function writableHome() {
  try {
    accessSync(homedir(), constants.W_OK)
    return process.env
  } catch {
    const cache = join(ROOT, '.cache')
    mkdirSync(cache, { recursive: true })
    const places = {
      XDG_CACHE_HOME: 'cache',
      XDG_DATA_HOME: 'data',
      XDG_STATE_HOME: 'state',
      npm_config_cache: 'npm',
      npm_config_store_dir: 'pnpm-store',
    }
    return {
      ...process.env,
      ...Object.fromEntries(Object.entries(places).map(([name, folder]) => [name, join(cache, folder)])),
    }
  }
}

/** Runs a program and returns its standard output; what it says besides goes to the terminal when it failed. */
async function run(command, args, env) {
  const { code, stdout, stderr } = await collect(command, args, env)
  if (code === 0) return stdout
  throw new Error(
    `"${[command, ...args].join(' ')}" failed (${code}):\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n')}`,
  )
}

async function succeeds(command, args) {
  return (await collect(command, args, process.env)).code === 0
}

function collect(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => {
      stderr += chunk
      if (command === node24()) process.stderr.write(chunk) // our own progress lines
    })
    child.on('error', (error) => resolve({ code: error.code, stdout, stderr: error.message }))
    child.on('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr }))
  })
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
}

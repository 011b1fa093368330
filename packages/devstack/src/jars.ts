import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheDir } from './cache-dir.ts'
import type { Env } from './options.ts'
import { withLock } from './plain/lock.mjs'
import type { Java, Prerequisites } from './plain/prerequisites.mjs'

type Progress = (line: string) => void

interface Download {
  readonly what: string
  readonly folder: string
  readonly pom: string
  readonly goals: readonly string[]
}

const TICK_MS = 10_000

/** The folder with Kafka's jars, fetched when the cache has none. */
export async function kafkaJars(env: Env, programs: Prerequisites, progress: Progress): Promise<string> {
  const pom = jvmFile('kafka/pom.xml')
  const goals = (folder: string) => ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`]
  return fetchOnce(env, programs, progress, { what: 'Kafka', name: 'kafka', pom, goals })
}

/** The folder with the unpacked schema registry, fetched when the cache has none. */
export async function registryJars(env: Env, programs: Prerequisites, progress: Progress): Promise<string> {
  const version = programs.registry?.version ?? '3.0.9'
  const goals = (folder: string) => [
    'dependency:unpack',
    `-DoutputDirectory=${folder}`,
    `-Dregistry.version=${version}`,
  ]
  const pom = jvmFile('registry/pom.xml')
  const old = {
    file: jvmFile('registry/apicurio-registry-app-3.0.9.pom'),
    place: 'io/apicurio/apicurio-registry-app/3.0.9',
  }
  const descriptor = version === '3.0.9' ? old : undefined
  const name = `registry-${version}`
  return fetchOnce(env, programs, progress, { what: `Apicurio Registry ${version}`, name, pom, goals, descriptor })
}

export function jvmFile(name: string): string {
  return fileURLToPath(new URL(`../jvm/${name}`, import.meta.url))
}

interface Wanted {
  readonly what: string
  readonly name: string
  readonly pom: string
  readonly goals: (folder: string) => string[]
  /** A descriptor that Maven shall not look for, and its place in a local repository. */
  readonly descriptor?: { readonly file: string; readonly place: string } | undefined
}

/**
 * A folder of the cache is complete from the moment it exists: it is filled under another name, which a killed download
 * leaves behind for the next one to remove.
 */
async function fetchOnce(env: Env, programs: Prerequisites, progress: Progress, wanted: Wanted): Promise<string> {
  const cache = cacheDir(env)
  const version = createHash('sha256')
    .update(await readFile(wanted.pom))
    .digest('hex')
    .slice(0, 12)
  const folder = join(cache, `${wanted.name}-${version}`)
  if (existsSync(folder)) return folder
  const onWait = () => progress(`waiting for another download into ${cache}`)
  await withLock(
    join(cache, 'lock'),
    async () => {
      if (existsSync(folder)) return
      await removeUnfinished(cache)
      const unfinished = join(cache, `unfinished-${process.pid}`)
      if (wanted.descriptor !== undefined) await provide(wanted.descriptor, join(cache, 'm2'))
      await download(cache, programs, progress, { ...wanted, folder: unfinished, goals: wanted.goals(unfinished) })
      await rename(unfinished, folder)
      // Maven keeps a second copy of each jar (200 MB in all), which nothing reads again.
      await rm(join(cache, 'm2'), { recursive: true, force: true })
    },
    { onWait },
  )
  return folder
}

async function provide({ file, place }: NonNullable<Wanted['descriptor']>, repository: string): Promise<void> {
  await mkdir(join(repository, place), { recursive: true })
  await copyFile(file, join(repository, place, basename(file)))
}

async function removeUnfinished(cache: string): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name.startsWith('unfinished-'))
  await Promise.all(names.map((name) => rm(join(cache, name), { recursive: true, force: true })))
}

async function download(
  cache: string,
  programs: Prerequisites,
  progress: Progress,
  { what, folder, pom, goals }: Download,
) {
  if (programs.maven === undefined) throw new Error(`Maven is missing: it fetches the jars of ${what}`)
  await mkdir(folder, { recursive: true })
  progress(`downloading ${what}`)
  const begin = performance.now()
  const seconds = () => ((performance.now() - begin) / 1000).toFixed(0)
  const ticking = setInterval(() => progress(`downloading ${what}: ${seconds()} s so far`), TICK_MS)
  try {
    // A local repository of our own: two Mavens in one repository may damage it, and ~/.m2 may not be writable.
    const args = ['-q', '-B', '-f', pom, `-Dmaven.repo.local=${join(cache, 'm2')}`, ...goals]
    await runMaven(programs.maven, args, programs.kafkaJava)
  } finally {
    clearInterval(ticking)
  }
  progress(`downloaded ${what}: ${((await sizeOf(folder)) / 1e6).toFixed(0)} MB in ${seconds()} s`)
}

async function runMaven(maven: string, args: readonly string[], java: Java | undefined): Promise<void> {
  const javaHome = java === undefined ? {} : { JAVA_HOME: dirname(dirname(java.path)) }
  const child = spawn(maven, args, { env: { ...process.env, ...javaHome }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0)
    throw new Error(`failed to fetch jars with Maven:\n${output.trim().split('\n').slice(-15).join('\n')}`)
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)))
  return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0)
}

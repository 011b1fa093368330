// Plain JavaScript: scripts/setup.mjs reads this with Node 20, before anything is installed.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const KAFKA_JAVA = 17
const REGISTRY_JAVA = 21

export function findPrerequisites(env = process.env) {
  const javas = findJavas(env)
  const kafkaJava = javas.find(({ major }) => major >= KAFKA_JAVA)
  const registryJava = javas.find(({ major }) => major >= REGISTRY_JAVA) ?? kafkaJava
  const found = {
    kafkaJava,
    registry: registryJava && { java: registryJava, version: registryJava.major >= REGISTRY_JAVA ? '3.3.3' : '3.0.9' },
    maven: findProgram(['mvn'], env),
    redisServer: findProgram(['redis-server', 'valkey-server'], env),
  }
  return {
    ...found,
    missing: missingSentences({ ...found, newestJava: Math.max(0, ...javas.map(({ major }) => major)) }, env),
  }
}

export function missingSentences({ kafkaJava, newestJava, maven, redisServer }, env) {
  const needsJava = !(env.KAFKA_BROKERS && env.SCHEMA_REGISTRY_URL)
  const older = newestJava > 0 ? ` (the newest here is Java ${newestJava})` : ''
  const sentences = [
    needsJava &&
      !kafkaJava &&
      `Java 17 or newer is missing${older}: Kafka and the schema registry run on it; install it with "apt-get install openjdk-17-jre-headless", "brew install openjdk@21" or from adoptium.net, or set JAVA_HOME.`,
    needsJava &&
      !maven &&
      'Maven is missing: it fetches the jars of Kafka and the schema registry; install it with "apt-get install maven" or "brew install maven".',
    !env.REDIS_URL &&
      !redisServer &&
      'Redis is missing: install it with "apt-get install redis-server" or "brew install redis", or set REDIS_URL to one that runs.',
  ]
  return sentences.filter((sentence) => typeof sentence === 'string')
}

export function findProgram(names, env) {
  // The usual places too: a login shell's PATH is not what a service or an editor starts us with.
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin', '/usr/sbin', '/opt/homebrew/bin']
  for (const name of names) {
    for (const folder of folders) {
      if (folder !== '' && isExecutable(join(folder, name))) return join(folder, name)
    }
  }
  return undefined
}

function findJavas(env) {
  const homes = [
    env.JAVA_HOME,
    ...folders('/usr/lib/jvm'),
    ...folders('/Library/Java/JavaVirtualMachines').map((folder) => join(folder, 'Contents/Home')),
    '/opt/homebrew/opt/openjdk',
  ]
  const onPath = findProgram(['java'], env)
  const paths = [
    env.JAVA_HOME && join(env.JAVA_HOME, 'bin/java'),
    onPath,
    ...homes.map((home) => home && join(home, 'bin/java')),
  ]
  const real = paths.filter((path) => path && isExecutable(path)).map((path) => realpathSync(path))
  return [...new Set(real)].flatMap((path) => {
    const major = javaMajor(path)
    return major === undefined ? [] : [{ path, major }]
  })
}

/** From the `release` file beside it where there is one: starting a JVM only to ask takes 50 to 100 ms each. */
function javaMajor(path) {
  const release = readOrUndefined(join(dirname(dirname(path)), 'release'))
  const text = release ?? spawnSync(path, ['-version'], { encoding: 'utf8' }).stderr ?? ''
  const version = /(?:JAVA_VERSION="|version ")(?:1\.)?(\d+)/.exec(text)?.[1]
  return version === undefined ? undefined : Number(version)
}

function folders(parent) {
  try {
    return readdirSync(parent)
      .sort()
      .map((name) => join(parent, name))
  } catch {
    return [] // not that kind of system
  }
}

function readOrUndefined(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // some builds ship no such file
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

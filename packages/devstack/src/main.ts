import { kafkaJars, registryJars } from './jars.ts'
import { findPrerequisites } from './plain/prerequisites.mjs'

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  /** Used by the set-up: fills the cache and prints the folders it would miss. */
  jars: async () => {
    const programs = findPrerequisites(process.env)
    const folders = [await kafkaJars(process.env, programs, say), await registryJars(process.env, programs, say)]
    console.log(JSON.stringify(folders))
  },
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

const [name = ''] = process.argv.slice(2)
const command = COMMANDS[name]
if (command === undefined) {
  say(`usage: ${Object.keys(COMMANDS).join('|')}`)
  process.exitCode = 2
} else {
  try {
    await command()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

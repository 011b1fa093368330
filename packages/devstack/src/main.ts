import { devDown, devReset } from './dev/down.ts'
import { devLogs } from './dev/logs.ts'
import { devPaths } from './dev/paths.ts'
import { devStatus } from './dev/status.ts'
import { devUp } from './dev/up.ts'
import { kafkaJars, registryJars } from './jars.ts'
import { findPrerequisites } from './plain/prerequisites.mjs'

const OK = 0
const FAILED = 1
const USAGE = 2
const UNAVAILABLE = 4

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  up: async () => {
    await devUp({ onProgress: say })
    say(`the stack runs; its addresses are in ${devPaths().env}`)
    return OK
  },
  down: async () => {
    say((await devDown()) ? 'the stack has stopped; its data is kept' : 'no stack is running')
    return OK
  },
  status: async () => {
    const parts = await devStatus()
    if (parts === undefined) {
      say('no stack is running')
      return UNAVAILABLE
    }
    for (const { part, address, trouble } of parts) console.log(`${part.padEnd(9)} ${address}  ${trouble ?? 'answers'}`)
    return parts.every(({ trouble }) => trouble === undefined) ? OK : UNAVAILABLE
  },
  reset: async () => {
    await devReset()
    say('the stack has stopped; its data is removed')
    return OK
  },
  logs: async ([part]) => {
    for (const { file, lines } of await devLogs(part === undefined ? {} : { part }))
      console.log(`== ${file}\n${lines.join('\n')}`)
    return OK
  },
  /** For the set-up: fills the cache and prints the folders it would miss. */
  jars: async () => {
    const programs = findPrerequisites(process.env)
    const folders = [await kafkaJars(process.env, programs, say), await registryJars(process.env, programs, say)]
    console.log(JSON.stringify(folders))
    return OK
  },
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

const [name = '', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command === undefined) {
  say(`usage: main.ts ${Object.keys(COMMANDS).join('|')}`)
  process.exitCode = USAGE
} else {
  try {
    process.exitCode = await command(args)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = FAILED
  }
}

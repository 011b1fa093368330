import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { deploymentFile } from '../../packages/cli/src/demo/deployment-file.ts'
import type { TestDeployment } from './a-deployment.ts'
import { ATLAS } from './atlas.ts'

/** What a pasted block wrote. */
export interface Pasted {
  readonly stdout: string
  readonly stderr: string
}

/** The shell of somebody who reads a page and pastes its blocks, in a folder of his own with `./atlas` in it. */
export interface Shell {
  /** Runs a block; variables it sets are there in the next one. Throws what it said where a command of it fails. */
  paste(block: string, more?: Readonly<Record<string, string>>): Promise<Pasted>
}

export async function aShell({ deployment, dataDir }: TestDeployment, name: string): Promise<Shell> {
  const folder = join(dataDir, name)
  await mkdir(folder)
  const file = join(dataDir, `${name}.json`)
  await writeFile(file, JSON.stringify(deploymentFile(deployment)), { mode: 0o600 })
  await symlink(ATLAS, join(folder, 'atlas'))
  const { PATH = '', HOME = '' } = process.env
  const ingest = [...deployment.members.values()].find(({ service }) => service === 'ingest')
  // Ports are given out anew each time; a cluster has its own, always the same.
  const INGEST_OPS_URL = `http://127.0.0.1:${ingest?.ports.opsPort}`
  let variables: Record<string, string> = { PATH, HOME, ATLAS_DEPLOYMENT: file, INGEST_OPS_URL }
  return {
    async paste(block, more = {}) {
      const pasted = await run(`${block}\nenv -0 > ../${name}.variables`, folder, { ...variables, ...more })
      const left = await readFile(join(dataDir, `${name}.variables`), 'utf8')
      variables = Object.fromEntries(
        left
          .split('\0')
          .filter((line) => line.includes('='))
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      )
      await deployment.settled()
      return pasted
    },
  }
}

/** `-e`: the first command that fails ends it; `-a`: what it sets reaches the next block. */
function run(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Pasted> {
  return new Promise((resolve, reject) => {
    execFile('sh', ['-eac', script], { cwd, env, timeout: 90_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`it ended with ${error.code}:\n${stdout}${stderr}`))
      else resolve({ stdout, stderr })
    })
  })
}

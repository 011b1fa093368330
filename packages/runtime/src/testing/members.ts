import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { MemberConfig } from './member-main.ts'

/** A member of the group as a process of its own. */
export interface Member {
  readonly name: string
  /** As it said last. */
  joined(): boolean
  assigned(): readonly number[]
  /** The exit code, or the signal that ended it; undefined while it runs. */
  ended(): number | NodeJS.Signals | undefined
  readonly exited: Promise<number | NodeJS.Signals>
  kill(signal: NodeJS.Signals): void
}

export function startMember(config: MemberConfig): Member {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=development', fileURLToPath(new URL('member-main.ts', import.meta.url))],
    {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], MEMBER: JSON.stringify(config) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let state: { readonly joined: boolean; readonly assigned: readonly number[] } = { joined: false, assigned: [] }
  let ended: number | NodeJS.Signals | undefined
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      state = JSON.parse(line)
    })
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = signal ?? code ?? 1
      resolve(ended)
    })
  })
  return {
    name: config.name,
    joined: () => ended === undefined && state.joined,
    assigned: () => state.assigned,
    ended: () => ended,
    exited,
    kill: (signal) => void child.kill(signal),
  }
}

/** Ends what is left of them, whatever state they are in. */
export async function endMembers(members: readonly Member[]): Promise<void> {
  for (const member of members) member.kill('SIGKILL')
  await Promise.all(members.map(({ exited }) => exited))
}

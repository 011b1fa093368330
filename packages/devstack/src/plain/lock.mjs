// Plain JavaScript: scripts/setup.mjs reads this with Node 20, before anything is installed.
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 100
// Whether a process of another machine (a shared home) lives cannot be asked; no set-up takes that long.
const FOREIGN_LIFE_MS = 30 * 60_000

export async function withLock(path, work, { onWait } = {}) {
  await acquire(path, onWait)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path, onWait) {
  await mkdir(dirname(path), { recursive: true })
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  let waiting = false
  try {
    for (;;) {
      await writeFile(
        own,
        JSON.stringify({ pid: process.pid, started: await startOf(process.pid), host: hostname(), at: Date.now() }),
      )
      // link() makes name and content appear at once: nobody can read a lock that does not say whose it is.
      if (await succeeds(() => link(own, path), 'EEXIST')) return
      const holder = await readHolder(path)
      if (holder !== undefined && (await isGone(holder))) await setAside(path, holder)
      else {
        if (!waiting) onWait?.(holder?.pid)
        waiting = true
        await delay(POLL_MS)
      }
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** Takes a dead process's lock away; should another process have been faster, its fresh lock is put back. */
async function setAside(path, stale) {
  const aside = `${path}.stale.${process.pid}.${randomBytes(4).toString('hex')}`
  if (!(await succeeds(() => rename(path, aside), 'ENOENT'))) return
  const taken = await readHolder(aside)
  if (taken?.pid !== stale.pid || taken?.at !== stale.at) await succeeds(() => link(aside, path), 'EEXIST')
  await rm(aside, { force: true })
}

async function isGone({ pid, started, host, at }) {
  if (host !== hostname()) return Date.now() - at > FOREIGN_LIFE_MS
  return !isAlive(pid) || (started !== undefined && (await startOf(pid)) !== started)
}

async function readHolder(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** When a process began, in clock ticks since boot: tells it from a later one with the same number. Linux only. */
export async function startOf(pid) {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined // gone, or no /proc here
  }
}

async function succeeds(action, expectedCode) {
  try {
    await action()
    return true
  } catch (error) {
    if (error.code === expectedCode) return false
    throw error
  }
}

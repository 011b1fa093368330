// Two transactions on two connections, driven step by step in every possible interleaving.
import type { Database, Tx } from '@atlas/runtime'

export type LaneStep = (tx: Tx) => Promise<void>

/** Steps of one member; `commit` ends the transaction that the steps before it share. */
export type Lane = readonly (LaneStep | 'commit')[]

/** Every order in which two lanes can take their turns: 70 for four steps each. */
export function interleavings(a: number, b: number): readonly (readonly (0 | 1)[])[] {
  if (a === 0 && b === 0) return [[]]
  return [
    ...(a > 0 ? interleavings(a - 1, b).map((rest) => [0 as const, ...rest]) : []),
    ...(b > 0 ? interleavings(a, b - 1).map((rest) => [1 as const, ...rest]) : []),
  ]
}

interface Side {
  readonly client: Tx['client']
  readonly pid: number
  /** Steps started and not finished: a lane that waits for a lock of the other goes on when it gets it. */
  tail: Promise<void>
  pending: number
}

/** Runs two lanes in this order of turns. A step that waits for the other side's lock is left waiting, as it would be. */
export async function runLanes(
  database: Database,
  lanes: readonly [Lane, Lane],
  turns: readonly (0 | 1)[],
): Promise<void> {
  const sides = [await open(database), await open(database)] as const
  const next = [0, 0]
  try {
    for (const turn of turns) {
      const step = lanes[turn][next[turn]!++]!
      start(sides[turn], step)
      await finishedOrBlocked(database, sides[turn])
      await finishedOrBlocked(database, sides[turn === 0 ? 1 : 0])
    }
    await Promise.all(sides.map(({ tail }) => tail))
    for (const { client } of sides) client.release()
  } catch (error) {
    // What is open on these connections must not be left to whoever gets them next.
    for (const { client } of sides) client.release(true)
    throw error
  }
}

async function open(database: Database): Promise<Side> {
  const client = await database.pool.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return { client, pid: rows[0]!.pid, tail: Promise.resolve(), pending: 0 }
}

function start(side: Side, step: LaneStep | 'commit'): void {
  const { client } = side
  const tx: Tx = {
    client,
    query: async (text, values) => {
      const { rows, rowCount } = await client.query(text, values as unknown[])
      return { rows, rowCount: rowCount ?? 0 }
    },
  }
  side.pending++
  side.tail = side.tail.then(async () => {
    if (step === 'commit') await client.query('commit')
    else {
      // A second step of one transaction finds it open.
      await client.query('begin')
      await step(tx)
    }
    side.pending--
  })
  // Looked at by whoever awaits the tail.
  side.tail.catch(() => undefined)
}

async function finishedOrBlocked(database: Database, side: Side): Promise<void> {
  while (side.pending > 0) {
    const { rows } = await database.query<{ blocked: boolean }>(
      'select cardinality(pg_blocking_pids($1)) > 0 as blocked',
      [side.pid],
    )
    if (rows[0]?.blocked) return
    // Rejects here when the step failed.
    await Promise.race([side.tail, new Promise((resolve) => setImmediate(resolve))])
  }
  await side.tail
}

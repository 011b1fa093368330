import { setImmediate } from 'node:timers/promises'
import { RetryableError } from './errors.ts'
import type { MemoryLog } from './memory-log.ts'
import type { Batch, SubscribeOptions, Subscription } from './port.ts'

const FETCH = 500
const TRIES = 4
const FATAL = new Set(['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError'])

interface Group {
  readonly committed: Map<string, bigint>
  readonly members: Member[]
}

/** Groups with the rude manners of the real ones: a rebalance does not wait for the batches under way. */
export function createMemoryGroups(logOf: (topic: string, partition: number) => MemoryLog) {
  const groups = new Map<string, Group>()
  const groupOf = (name: string): Group => {
    const group = groups.get(name) ?? { committed: new Map(), members: [] }
    groups.set(name, group)
    return group
  }
  const everybody = () => [...groups.values()].flatMap(({ members }) => members)

  return {
    wake() {
      for (const member of everybody()) member.wake()
    },
    committed(name: string, topic: string): ReadonlyMap<number, bigint> {
      const prefix = `${topic}#`
      return new Map(
        [...groupOf(name).committed]
          .filter(([place]) => place.startsWith(prefix))
          .map(([place, offset]) => [Number(place.slice(prefix.length)), offset]),
      )
    },
    async join(options: SubscribeOptions, partitions: number): Promise<Subscription> {
      const group = groupOf(options.group)
      const member = new Member(options, logOf, group.committed)
      const rebalance = () => {
        for (const [index, one] of group.members.entries())
          one.assign(range(partitions).filter((partition) => partition % group.members.length === index))
      }
      group.members.push(member)
      rebalance()
      const stop = async () => {
        const at = group.members.indexOf(member)
        if (at >= 0) group.members.splice(at, 1)
        // Before it has ended: a member that is frozen would leave no other way.
        rebalance()
        await member.stop()
      }
      return {
        joined: () => group.members.includes(member) && !member.crash.signal.aborted,
        assigned: () => member.assigned,
        seek: (partition, offset) => member.seek(partition, offset),
        crashed: member.crash.signal,
        stop,
        [Symbol.asyncDispose]: stop,
      }
    },
    async close() {
      await Promise.all(everybody().map((member) => member.stop()))
      groups.clear()
    },
  }
}

class Member {
  readonly crash = new AbortController()
  assigned: readonly number[] = []
  private generation = 0
  private positions = new Map<number, bigint>()
  private readonly sought = new Set<number>()
  private ended: Promise<void> = Promise.resolve()
  private stopping = false
  private wakeUp: () => void = () => undefined
  private readonly options: SubscribeOptions
  private readonly logOf: (topic: string, partition: number) => MemoryLog
  private readonly committed: Map<string, bigint>

  constructor(
    options: SubscribeOptions,
    logOf: (topic: string, partition: number) => MemoryLog,
    committed: Map<string, bigint>,
  ) {
    this.options = options
    this.logOf = logOf
    this.committed = committed
  }

  assign(partitions: readonly number[]): void {
    this.assigned = partitions
    const generation = ++this.generation
    this.ended = this.ended.then(() => this.consume(generation)).catch((error: unknown) => this.crash.abort(error))
    this.wake()
  }

  seek(partition: number, offset: bigint): void {
    this.positions.set(partition, offset)
    this.sought.add(partition)
    this.wake()
  }

  wake(): void {
    this.wakeUp()
  }

  async stop(): Promise<void> {
    this.stopping = true
    this.generation++
    this.wake()
    await this.ended
  }

  private async consume(generation: number): Promise<void> {
    if (this.generation !== generation) return
    this.positions = new Map(await this.options.onAssigned(this.assigned))
    let failures = 0
    while (this.generation === generation && !this.stopping) {
      const changed = new Promise<void>((resolve) => {
        this.wakeUp = resolve
      })
      let worked = false
      for (const partition of this.assigned) {
        if (this.generation !== generation) return
        try {
          if (!(await this.deliver(partition, generation))) continue
          worked = true
          failures = 0
        } catch (error) {
          const fatal = error instanceof Error && FATAL.has(error.name)
          if (this.generation === generation && (fatal || ++failures >= TRIES)) throw error
          worked = true
        }
      }
      if (!worked) await changed
      // A batch that is not resolved comes again: others must get their turn meanwhile.
      else await setImmediate()
    }
  }

  private async deliver(partition: number, generation: number): Promise<boolean> {
    const { topic, onBatch } = this.options
    const log = this.logOf(topic, partition)
    const wanted = this.positions.get(partition) ?? this.committed.get(`${topic}#${partition}`) ?? log.low
    const high = (log.messages.at(-1)?.offset ?? log.low - 1n) + 1n
    const from = wanted > high ? log.low : wanted
    const messages = log.messages.filter(({ offset }) => offset >= from).slice(0, FETCH)
    if (messages.length === 0) return false
    this.sought.delete(partition)
    const ours = () => this.generation === generation && !this.stopping
    const batch: Batch = {
      partition,
      messages,
      live: () => ours() && !this.sought.has(partition),
      heartbeat: async () => {
        if (!ours() && !this.stopping) throw new RetryableError('the group is rebalancing')
      },
      processed: async (offset) => {
        this.committed.set(`${topic}#${partition}`, offset + 1n)
        if (ours() && !this.sought.has(partition)) this.positions.set(partition, offset + 1n)
      },
    }
    await onBatch(batch)
    return true
  }
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}

import type { ServiceName } from '../deployment/index.ts'
import { type Random, randomOf } from '../world/index.ts'
import { FAIL_POINTS, type FailPoint, type Phase } from './fail-points.ts'

/** One thing that is done to a running deployment. */
export type Fault =
  | { readonly type: 'kill'; readonly service: ServiceName; readonly index: number }
  /** The member is started again with the point armed, and dies by itself on its n-th pass. */
  | {
      readonly type: 'failpoint'
      readonly service: ServiceName
      readonly index: number
      readonly point: string
      readonly pass: number
    }
  /** A server below the services is killed and started again at once. */
  | { readonly type: 'part'; readonly part: 'kafka-1' | 'postgres' }
  /** The registry is away for so long; meanwhile a member is killed, and starts again without it. */
  | {
      readonly type: 'registry'
      readonly awayMs: number
      readonly service: ServiceName
      readonly index: number
    }

export type Plan = Readonly<Record<Phase, readonly Fault[]>>

export interface PlanSize {
  readonly seed: string
  readonly members: Readonly<Partial<Record<ServiceName, number>>>
  /** `kill -9` of members in each phase; half of them, rounded up, at fail points. */
  readonly kills: Readonly<Record<Phase, number>>
  /** Broker and PostgreSQL killed once each, the registry away for so long. */
  readonly parts?: { readonly registryAwayMs: number }
}

// A member of the matcher is hit as often as all others together: it is the group with several members.
const TARGETS: Readonly<Record<Phase, readonly ServiceName[]>> = {
  import: ['matcher', 'verifier', 'matcher', 'api', 'matcher', 'ingest', 'matcher', 'profiles'],
  decide: ['verifier', 'api', 'matcher'],
}

/** What is done, in order; the same seed gives the same plan. Pure. */
export function planOf(size: PlanSize): Plan {
  const random = randomOf(size.seed, 'plan')
  const faults = { import: faultsOf(size, 'import', random), decide: faultsOf(size, 'decide', random) }
  if (!size.parts) return faults
  const { registryAwayMs } = size.parts
  const away: Fault = {
    type: 'registry',
    awayMs: registryAwayMs,
    ...memberOf(size, random.pick(['matcher', 'api']), random),
  }
  const parts: readonly Fault[] = [{ type: 'part', part: 'kafka-1' }, { type: 'part', part: 'postgres' }, away]
  // Spread over the import: never the first thing, never two of them in a row.
  const step = Math.floor(faults.import.length / (parts.length + 1))
  const mixed = faults.import.flatMap((fault, index) => {
    const part = (index + 1) % step === 0 ? parts[(index + 1) / step - 1] : undefined
    return part ? [fault, part] : [fault]
  })
  return { ...faults, import: mixed }
}

function faultsOf(size: PlanSize, phase: Phase, random: Random): readonly Fault[] {
  const kills = size.kills[phase]
  const atPoints = Math.ceil(kills / 2)
  const points = drawn(
    random,
    FAIL_POINTS.filter((point) => point.phase === phase),
    atPoints,
  )
  const targets = drawn(random, TARGETS[phase], kills - atPoints)
  const faults: readonly Fault[] = [
    ...points.map(({ point, service, passes }): Fault => {
      return { type: 'failpoint', point, pass: 1 + random.int(passes), ...memberOf(size, service, random) }
    }),
    ...targets.map((service): Fault => ({ type: 'kill', ...memberOf(size, service, random) })),
  ]
  return random.sample(faults, faults.length)
}

/** `count` of them by chance, none twice before all were drawn once. */
function drawn<T extends FailPoint | ServiceName>(random: Random, from: readonly T[], count: number): readonly T[] {
  const taken: T[] = []
  while (taken.length < count) taken.push(...random.sample(from, count - taken.length))
  return taken
}

function memberOf({ members }: PlanSize, service: ServiceName, random: Random) {
  return { service, index: 1 + random.int(members[service] ?? 1) }
}

/** How a fault is called in the report. */
export function nameOf(fault: Fault): string {
  switch (fault.type) {
    case 'kill':
      return `kill -9 of ${fault.service}-${fault.index}`
    case 'failpoint':
      return `death of ${fault.service}-${fault.index} at ${fault.point}, pass ${fault.pass}`
    case 'part':
      return `kill -9 of ${fault.part}, and start`
    case 'registry':
      return `registry away for ${fault.awayMs / 1000} s, and kill -9 of ${fault.service}-${fault.index}`
  }
}

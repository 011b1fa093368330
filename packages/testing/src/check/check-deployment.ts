import { type Bus, type Clock, type Database, systemClock } from '@atlas/runtime'
import { createCodec, type SchemaCache, TOPIC_NAMES } from '@atlas/schemas'
import { checkDumps } from './check-dumps.ts'
import { NO_SAMPLES, type Progress, type Samples, type ServiceName } from './dumps.ts'
import type { History } from './history.ts'
import { readDumps, SERVICES } from './read-dumps.ts'
import { readPositions } from './read-positions.ts'
import type { CheckResult } from './verdict.ts'

/** What of a deployment is looked at: everything `startDeployment` gives has it. */
export interface CheckedDeployment {
  /** The services' databases as their app roles see them. */
  readonly open: Readonly<Record<ServiceName, Database>>
  readonly bus: Bus
  readonly addresses: {
    readonly topicPrefix: string
    readonly registryUrl: string
    readonly database: (owner: ServiceName | 'keys') => { readonly database: string }
  }
}

export interface CheckOptions {
  /** What clients asked and were told; without it V01, V02, V13 and V14 are not looked at. */
  readonly history?: History
  /** How many messages were made to be quarantined; without it V28 looks at their codes only. */
  readonly poisons?: number
  /** What was seen of positions while it ran; without it V08 and V09 are about its end alone. */
  readonly samples?: Samples
  /** A read model made anew beside that of the api; without it V22 compares with logs and owners alone. */
  readonly rebuilt?: Database | undefined
  readonly clock?: Clock
  readonly onProgress?: (line: string) => void
}

/**
 * Holds a deployment that has settled against the invariants of reliability.md: one result each, in their order. What
 * was not looked at, for want of a history or of anything to look at, is told apart from what holds.
 */
export async function checkDeployment(
  deployment: CheckedDeployment,
  options: CheckOptions = {},
): Promise<readonly CheckResult[]> {
  const { history, poisons, samples = NO_SAMPLES, rebuilt, clock = systemClock, onProgress = () => undefined } = options
  const { open, bus, addresses } = deployment
  const codec = await createCodec({
    registryUrl: addresses.registryUrl,
    cache: noCache(),
    topics: TOPIC_NAMES,
    clock,
    startLimitMs: 30_000,
    // Its producers have long been known to the registry: an id that is not there will not come.
    unknownIdBudgetMs: 0,
  })
  const dumps = await readDumps({
    open,
    bus,
    topicPrefix: addresses.topicPrefix,
    codec,
    clock,
    databases: [...SERVICES, 'keys' as const].map((owner) => ({ owner, database: addresses.database(owner).database })),
    samples,
    rebuilt,
    onProgress,
  })
  onProgress('comparing')
  return checkDumps(dumps, history, poisons === undefined ? {} : { poisons })
}

/** One look at where every group stands and what it has committed; right while they move. */
export function lookAtPositions({ open, bus, addresses }: CheckedDeployment): Promise<readonly Progress[]> {
  return readPositions({ open, bus, topicPrefix: addresses.topicPrefix })
}

/** Ids are asked for anew by every run. */
function noCache(): SchemaCache {
  return { load: async () => [], save: async () => undefined }
}

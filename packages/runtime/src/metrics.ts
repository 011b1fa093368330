import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Every metric of every service: name, what it tells, labels (closed sets only). */
const COUNTERS = {
  messages: ['atlas_messages_total', 'messages handled, by outcome', ['topic', 'outcome']],
  skippedMessages: ['atlas_messages_skipped_total', 'messages that changed nothing, by reason', ['topic', 'reason']],
  quarantined: ['atlas_quarantined_total', 'messages put into quarantine, by code', ['topic', 'code']],
  retries: ['atlas_consumer_retries_total', 'chunks tried again, by class of error', ['topic', 'class']],
  halts: ['atlas_consumer_halts_total', 'partitions stopped, by reason', ['topic', 'reason']],
  relayed: ['atlas_relayed_total', 'messages acknowledged by the broker', ['topic']],
  relayErrors: ['atlas_relay_errors_total', 'sends that failed and are tried again', ['topic']],
  alarms: ['atlas_alarms_total', 'conditions that want a person, by name', ['alarm']],
  leaks: ['atlas_leak_past_validation_total', 'data refused by the database that validation let through', ['code']],
  clockSkew: ['atlas_clock_skew_total', 'messages whose time differs from ours by more than an hour', ['topic']],
  requests: ['atlas_http_requests_total', 'answers, by route and status', ['method', 'route', 'status']],
  events: ['atlas_events_total', 'business events, by name and result', ['event', 'result']],
} as const

const GAUGES = {
  lag: ['atlas_consumer_lag_messages', 'log end minus next offset', ['topic', 'partition']],
  halted: ['atlas_consumer_halted_partitions', 'partitions that wait for an operator', ['topic']],
  outboxUnsent: ['atlas_outbox_unsent_rows', 'outbox rows above the pointer', []],
  outboxOldest: ['atlas_outbox_oldest_seconds', 'age of the oldest unsent outbox row', []],
  outboxParked: ['atlas_outbox_parked_keys', 'keys that wait because the broker refuses a message for its size', []],
  relayActive: ['atlas_relay_active', '1 on the member that relays', []],
  quarantineOpen: ['atlas_quarantine_open', 'open quarantine rows', []],
  versionGaps: ['atlas_version_gaps', 'facts held because an earlier one is missing', ['topic']],
  compareWaiting: ['atlas_compare_waiting_rows', 'subjects that wait for their comparison', []],
  compareOldest: ['atlas_compare_oldest_seconds', 'age of the oldest subject that waits for its comparison', []],
} as const

const HISTOGRAMS = {
  chunkSeconds: ['atlas_chunk_seconds', 'time of one consumer transaction', ['topic']],
  sendSeconds: ['atlas_send_seconds', 'time of one acknowledged send', ['topic']],
  requestSeconds: ['atlas_http_request_seconds', 'time to answer', ['method', 'route']],
  stepSeconds: ['atlas_step_seconds', 'time of a named step of background work', ['step']],
} as const

type Made<Table, Metric> = { readonly [Name in keyof Table]: Metric }
export type Metrics = Made<typeof COUNTERS, Counter> &
  Made<typeof GAUGES, Gauge> &
  Made<typeof HISTOGRAMS, Histogram> & { readonly registry: Registry }

// A loop that is held up for longer is always seen. To look each 10 ms, as by default, takes .5 % of a core in an idle process,
// this .06 %.
const LAG_EVERY_MS = 100

/** The metrics of one process, in a registry of their own. */
export function createMetrics(service: string, withProcess = false): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  if (withProcess) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_EVERY_MS })
  const make = <Table extends Record<string, readonly [string, string, readonly string[]]>, Metric>(
    table: Table,
    create: (name: string, help: string, labelNames: readonly string[]) => Metric,
  ) => Object.fromEntries(Object.entries(table).map(([key, row]) => [key, create(...row)])) as Made<Table, Metric>
  const registers = [registry]
  return {
    registry,
    ...make(COUNTERS, (name, help, labelNames) => new Counter({ name, help, labelNames: [...labelNames], registers })),
    ...make(GAUGES, (name, help, labelNames) => new Gauge({ name, help, labelNames: [...labelNames], registers })),
    ...make(
      HISTOGRAMS,
      (name, help, labelNames) => new Histogram({ name, help, labelNames: [...labelNames], registers }),
    ),
  }
}

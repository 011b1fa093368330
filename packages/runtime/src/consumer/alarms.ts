import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'

/** Where delivery reports: one function for each event, metric and line together. */
export interface Reporting {
  readonly logger: Logger
  readonly metrics: Metrics
}

/** A condition that wants a person. */
export function alarm({ logger, metrics }: Reporting, name: string, fields: Readonly<Record<string, unknown>>): void {
  metrics.alarms.inc({ alarm: name })
  logger.error({ event: 'alarm', alarm: name, ...fields })
}

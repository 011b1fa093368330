import type { Logger, Metrics } from '@atlas/runtime'

/** Subjects were compared: how many of which kind, and how long the step took. */
export function compareStepDone(metrics: Metrics, step: string, taken: number, seconds: number): void {
  metrics.events.inc({ event: 'compared', result: step }, taken)
  metrics.stepSeconds.observe({ step: `compare-${step}` }, seconds)
}

export function compareFailed(logger: Logger, error: unknown, failures: number): void {
  logger.warn({ event: 'compare-failed', failures, err: error })
}

/** What waits for the second step; the age of the oldest row is the latency a reader feels. */
export function compareLagMeasured(metrics: Metrics, rows: number, oldestMs: number): void {
  metrics.compareWaiting.set(rows)
  metrics.compareOldest.set(oldestMs / 1000)
}

/** A block of profiles passed the cap, or fell below it again: worth a look when a name's block stays wide. */
export function blockWidthChanged(logger: Logger, metrics: Metrics, blocks: number): void {
  metrics.events.inc({ event: 'block-width-changed', result: 'queued' }, blocks)
  logger.info({ event: 'block-width-changed', blocks })
}

/** Slots were compared without everybody in a block that is too wide and that nothing splits; `atlas blocks` shows which. */
export function slotsCut(metrics: Metrics, slots: number): void {
  metrics.events.inc({ event: 'slot-cut', result: 'compared' }, slots)
}

export function listenerLost(logger: Logger, error: unknown): void {
  logger.warn({ event: 'compare-listener-lost', err: error })
}

export function rematchMoved(
  logger: Logger,
  run: { readonly runId: string; readonly phase: string; readonly queued: number },
): void {
  logger.info({ event: 'rematch-moved', ...run })
}

/** Works are made by other rules from now on, and everything is gone through again in the background. */
export function rulesAdopted(logger: Logger, version: string, before: string | null): void {
  logger.info({ event: 'rules-adopted', version, before })
}

/** Nothing is placed by this member until the rules are switched: somebody has to look. */
export function rulesOfAnotherBuild(logger: Logger, version: string, inUse: string): void {
  logger.error({ event: 'rules-of-another-build', version, inUse })
}

export function shadowMoved(
  logger: Logger,
  run: { readonly runId: string; readonly version: string; readonly phase: string; readonly goneThrough: number },
): void {
  logger.info({ event: 'shadow-moved', ...run })
}

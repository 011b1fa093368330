import type { ServiceName } from '../deployment/index.ts'

/** What goes on while a fault is injected. */
export type Phase = 'import' | 'decide'

/** A named place of the code that a member of this service surely passes in this phase. */
export interface FailPoint {
  readonly phase: Phase
  readonly service: ServiceName
  readonly point: string
  /** It is passed at least so often by a member while a portion of the work is done. */
  readonly passes: number
}

// The matcher's relay is not among them: which of its members relays is not known from outside.
export const FAIL_POINTS: readonly FailPoint[] = [
  ...consumer('import', 'matcher'),
  ...consumer('import', 'verifier'),
  ...consumer('import', 'api'),
  ...relay('import', 'ingest'),
  ...relay('import', 'profiles'),
  { phase: 'import', service: 'ingest', point: 'push.before_commit', passes: 2 },
  { phase: 'import', service: 'ingest', point: 'push.after_commit', passes: 2 },
  { phase: 'import', service: 'matcher', point: 'compare.before_commit', passes: 2 },
  { phase: 'import', service: 'matcher', point: 'compare.after_commit', passes: 2 },
  { phase: 'decide', service: 'verifier', point: 'act.before_commit', passes: 4 },
  { phase: 'decide', service: 'verifier', point: 'act.after_commit', passes: 4 },
  ...relay('decide', 'verifier'),
  ...consumer('decide', 'api'),
]

function consumer(phase: Phase, service: ServiceName): readonly FailPoint[] {
  return ['consume.before_tx', 'consume.mid_tx', 'consume.after_commit'].map((point) => {
    return { phase, service, point, passes: 2 }
  })
}

function relay(phase: Phase, service: ServiceName): readonly FailPoint[] {
  return ['relay.before_send', 'relay.after_ack', 'relay.after_pointer'].map((point) => {
    return { phase, service, point, passes: 1 }
  })
}

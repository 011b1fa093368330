import type { Envelope } from './envelope.ts'

export interface SendLimits {
  readonly messages: number
  readonly bytes: number
}

/** Measured best between 500 and 2,000 messages; 512 KiB keeps a fetch of one partition within one answer. */
export const SEND_LIMITS: SendLimits = { messages: 1_000, bytes: 512 * 1024 }

/** Messages of one partition, to be acknowledged together. */
export type Send = readonly [Envelope, ...Envelope[]]

/** Cuts envelopes into sends by partition, each partition's in order; one larger than the limit goes alone. */
export function sendsOf(
  envelopes: readonly Envelope[],
  limits: SendLimits = SEND_LIMITS,
): readonly (readonly Send[])[] {
  const lanes = Map.groupBy(envelopes, ({ topic, partition }) => `${topic}#${partition}`)
  return [...lanes.values()].map((lane) => cut(lane, limits))
}

function cut(lane: readonly Envelope[], limits: SendLimits): readonly Send[] {
  const sends: [Envelope, ...Envelope[]][] = []
  let bytes = 0
  for (const envelope of lane) {
    const size = sizeOf(envelope)
    const current = sends.at(-1)
    if (current && current.length < limits.messages && bytes + size <= limits.bytes) {
      current.push(envelope)
      bytes += size
    } else {
      sends.push([envelope])
      bytes = size
    }
  }
  return sends
}

// About 300 bytes are headers and framing.
export function sizeOf({ key, value, causedBy = '' }: Envelope): number {
  return key.length + value.length + causedBy.length + 300
}

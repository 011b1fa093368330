import type { Outcome, RawMessage, Received } from './contract.ts'
import type { ConsumerDefinition } from './definition.ts'
import { describeError, meaningOf } from './error-policy.ts'
import { BODY_RULES, FRAME_RULES, firstFault, type Refusal } from './frame-rules.ts'

/** A message that is ready for its handler, or the outcome it has without one. */
export type Prepared<T> =
  | { readonly raw: RawMessage; readonly message: Received<T> }
  | { readonly raw: RawMessage; readonly outcome: Outcome; readonly alarm: boolean }

/**
 * Reads one message: frame, headers, value, and whether they agree. Throws only what a later try may cure, or what
 * stops the partition.
 */
export async function prepare<T>(definition: ConsumerDefinition<T>, raw: RawMessage): Promise<Prepared<T>> {
  const context = { env: definition.env, partitions: definition.partitions, types: definition.types }
  const fault = firstFault(FRAME_RULES, raw, context)
  if (fault) return refused(raw, fault)
  try {
    const decoded = await definition.decode(raw)
    if (!decoded.ok) return refused(raw, { ...decoded, alarm: false })
    const described = definition.describe(decoded.value)
    const disagreement = firstFault(BODY_RULES, { raw, described }, context)
    if (disagreement) return refused(raw, disagreement)
    const message = { raw, value: decoded.value }
    const outcome = definition.checkBody?.(message)
    return outcome ? { raw, outcome, alarm: false } : { raw, message }
  } catch (error) {
    const meaning = meaningOf(error)
    if (meaning.type !== 'poison') throw error
    return refused(raw, { code: meaning.code, detail: describeError(error), alarm: true })
  }
}

function refused(raw: RawMessage, { code, detail, alarm }: Refusal): Prepared<never> {
  return { raw, outcome: { type: 'rejected', code, detail }, alarm }
}

/** A message that could not be processed, as it is kept. */
export interface Quarantined {
  readonly id: number
  readonly group: string
  readonly topic: string
  readonly partition: number
  /** −1 when it came from an owner's export. */
  readonly offset: bigint
  readonly key: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly value: Buffer | null
  readonly producedAt: Date
  readonly code: string
  readonly detail: string
  readonly firstSeen: Date
  readonly attempts: number
  readonly state: 'open' | 'replayed' | 'discarded'
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly reason: string | null
}

import type { RawMessage } from '../consumer/contract.ts'

export interface MemoryLog {
  low: bigint
  messages: RawMessage[]
}

export interface MemoryTopic {
  readonly topic: string
  readonly config: Readonly<Record<string, string>>
  readonly logs: MemoryLog[]
}

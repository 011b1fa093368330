import type { Draft, PreparedMention } from './mentions.ts'

export interface Aligned {
  readonly draft: Draft
  readonly certain: boolean
}
export type Alignment = Map<PreparedMention, Aligned>

export type Take = (mention: PreparedMention, draft: Draft, certain: boolean) => void

/** One line of what a client did, and what it was told. */
export interface HistoryLine {
  /** Monotonic, nanoseconds. */
  readonly t: number
  /** Wall clock, ISO 8601. */
  readonly w: string
  /** The client: `client-7`. */
  readonly p: string
  readonly f: 'push' | 'act' | 'read'
  /** `ok`: a whole answer of 2xx; `fail`: a definite refusal; everything else is `info`, for it may have happened. */
  readonly type: 'invoke' | 'ok' | 'fail' | 'info'
  /** Ties an answer to what was asked; of an act its Idempotency-Key. */
  readonly k: string
  readonly v: unknown
}

/** `v` of a push that was asked: the lines, by the SHA-256 of their bytes. */
export interface PushAsked {
  readonly source: string
  readonly checksums: readonly string[]
}

/** `v` of a push that was answered: what became of each line, in their order. */
export interface PushAnswered {
  readonly outcomes: readonly string[]
}

/** `v` of an act that was asked. */
export interface ActAsked {
  readonly profileId: string
  /** Who asked, when it was not the person himself. */
  readonly actor?: string
  readonly candidateId: string
  readonly decision: string
}

/** `v` of an act that was answered: its receipt. */
export interface ActAnswered {
  readonly actId: string
  readonly chainSeq: number
  readonly hash: string
}

/** One request and how it ended; `info` when nobody knows. */
export interface Operation<Asked, Answered> {
  readonly client: string
  readonly key: string
  readonly asked: Asked
  readonly end: 'ok' | 'fail' | 'info'
  readonly answered: Answered | undefined
}

export interface History {
  readonly pushes: readonly Operation<PushAsked, PushAnswered>[]
  readonly acts: readonly Operation<ActAsked, ActAnswered>[]
}

export const NO_HISTORY: History = { pushes: [], acts: [] }

/** Reads NDJSON; throws for a line that is none of ours. A torn last line is what a killed client leaves: it is left out. */
export function parseHistory(text: string): readonly HistoryLine[] {
  return text
    .split('\n')
    .filter((line, index, all) => line !== '' && (line.endsWith('}') || index < all.length - 1))
    .map((line, index) => {
      const value = JSON.parse(line) as Partial<HistoryLine>
      if (!value.f || !value.type || value.k === undefined || value.p === undefined || !('v' in value))
        throw new Error(`line ${index + 1} is no line of a history`)
      return value as HistoryLine
    })
}

/** Pairs every invocation with its end. An invocation without one is `info`: its client was killed, or still waits. */
export function operationsOf(lines: readonly HistoryLine[]): History {
  const byAttempt = new Map<string, HistoryLine[]>()
  for (const line of lines) {
    if (line.type === 'invoke') continue
    const attempts = byAttempt.get(`${line.p} ${line.k}`) ?? []
    attempts.push(line)
    byAttempt.set(`${line.p} ${line.k}`, attempts)
  }
  const operations = lines
    .filter(({ type }) => type === 'invoke')
    .map((line) => {
      // Attempts of one client under one key come one after the other: ends are taken in their order.
      const end = byAttempt.get(`${line.p} ${line.k}`)?.shift()
      return { line, end: end?.type as 'ok' | 'fail' | 'info' | undefined, answered: end?.v }
    })
  const of = <Asked, Answered>(f: HistoryLine['f']): readonly Operation<Asked, Answered>[] =>
    operations
      .filter(({ line }) => line.f === f)
      .map(({ line, end = 'info', answered }) => ({
        client: line.p,
        key: line.k,
        asked: line.v as Asked,
        end,
        answered: end === 'ok' ? (answered as Answered) : undefined,
      }))
  return { pushes: of('push'), acts: of('act') }
}

import { createHash } from 'node:crypto'
import { type ActAnswered, type ActAsked, type History, type HistoryLine, operationsOf } from './history.ts'

/** What a client was told: a whole answer, a definite refusal, or nothing it can be sure of. */
export type Told<Answer> = Answer | 'refused' | 'unknown'

/** Writes down what clients asked and were told, while it happens. */
export interface Recorder {
  /** Lines pushed in one request. The outcome of a line: `stored`, `updated`, `duplicate`, `stale`, `refused`, or `kept`. */
  pushed(client: string, source: string, lines: readonly string[], told: Told<readonly string[]>): void
  /** One try to decide; several under one key are several tries of one act. */
  decided(client: string, key: string, asked: ActAsked, told: Told<ActAnswered>): void
  /** As NDJSON, for `atlas check --history`. */
  text(): string
  history(): History
}

/** `now` is the wall clock in milliseconds, `monotonic` a clock that never goes back. */
export function createRecorder(clock: { now(): number; monotonic(): number }): Recorder {
  const lines: HistoryLine[] = []
  let pushes = 0
  const note = (p: string, f: HistoryLine['f'], k: string, asked: unknown, told: Told<unknown>, answered: unknown) => {
    const at = { t: Math.round(clock.monotonic() * 1e6), w: new Date(clock.now()).toISOString(), p, f, k }
    lines.push({ ...at, type: 'invoke', v: asked })
    const type = told === 'refused' ? 'fail' : told === 'unknown' ? 'info' : 'ok'
    lines.push({ ...at, type, v: type === 'ok' ? answered : null })
  }
  return {
    pushed(client, source, sent, told) {
      note(client, 'push', `push-${++pushes}`, { source, checksums: sent.map(sha256) }, told, { outcomes: told })
    },
    decided: (client, key, asked, told) => note(client, 'act', key, asked, told, told),
    text: () => lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    history: () => operationsOf(lines),
  }
}

/**
 * The outcome of each line of a push that was answered with counts and the refused lines only. Right as long as no
 * more lines were refused than are told (100).
 */
export function outcomesOf(
  lines: readonly string[],
  answer: { readonly errors: readonly { readonly line: number }[] },
): readonly string[] {
  const refused = new Set(answer.errors.map(({ line }) => line))
  return lines.map((_, index) => (refused.has(index + 1) ? 'refused' : 'kept'))
}

function sha256(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}

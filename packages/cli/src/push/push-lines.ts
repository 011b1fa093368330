import { CliError } from '../exit.ts'
import type { InputLine } from './lines.ts'
import { type LineCounts, NO_LINES, type PushApi, type Sent, sum } from './push-api.ts'

/** What happens while lines are pushed; `line` and `file` are those of the input. */
export type PushEvent =
  | {
      readonly event: 'progress'
      readonly file: string
      readonly line: number
      readonly lastRecord: string | null
      readonly counts: LineCounts
    }
  | { readonly event: 'waiting'; readonly code: string; readonly detail: string; readonly waitMs: number }
  | {
      readonly event: 'refused'
      readonly file: string
      readonly line: number
      readonly code: string
      readonly detail: string
      readonly pointer: string | null
      readonly head: string
    }

export interface PushOptions {
  readonly api: PushApi
  /** Names the parts of this run: `<runId>-<part>-<try>`. */
  readonly runId: string
  readonly sleep: (ms: number) => Promise<void>
  readonly onEvent: (event: PushEvent) => void
  /** Longer than this nobody waits for leave to go on. */
  readonly maxWaitMs: number
}

/** What goes in one request, and can be sent again from memory: 8 MiB, or 10,000 lines. */
const PART = { lines: 10_000, bytes: 8 * 2 ** 20 } as const
/** Tries without a line of progress: with the longest pauses about four minutes. */
const TRIES = 12
const PAUSE = { firstMs: 500, longestMs: 30_000 } as const

/** Sends all lines. What interrupts it is waited out, and it goes on behind the last line that is durable. */
export async function pushLines(lines: AsyncIterable<InputLine>, options: PushOptions): Promise<LineCounts> {
  let total = NO_LINES
  let nth = 0
  for await (const part of inParts(lines)) {
    total = sum(total, await pushPart(part, `${options.runId}-${++nth}`, total, options))
  }
  return total
}

async function* inParts(lines: AsyncIterable<InputLine>): AsyncGenerator<readonly InputLine[]> {
  let part: InputLine[] = []
  let bytes = 0
  for await (const line of lines) {
    // A part is of one file: a line is then found by its number.
    const full = part.length === PART.lines || bytes + line.bytes.length > PART.bytes
    if (part[0] && (full || part[0].file !== line.file)) {
      yield part
      part = []
      bytes = 0
    }
    part.push(line)
    bytes += line.bytes.length + 1
  }
  if (part.length > 0) yield part
}

async function pushPart(
  part: readonly InputLine[],
  name: string,
  before: LineCounts,
  options: PushOptions,
): Promise<LineCounts> {
  let rest = part.some(({ bytes }) => !isBlank(bytes)) ? part : []
  let counts = NO_LINES
  let idle = 0
  for (let attempt = 1; rest.length > 0; attempt++) {
    const batchId = `${name}-${attempt}`
    const sent = await heard(await options.api.send(batchId, bodyOf(rest)), batchId, rest, options)
    if (sent.counts.refused > 0) await tellRefused(batchId, rest, options)
    counts = sum(counts, sent.counts)
    const settled = sent.outcome === 'done' ? rest.length : sent.lastLine
    const last = rest[settled - 1]
    if (last) tellProgress(last, sent, sum(before, counts), options)
    rest = rest.slice(settled)
    if (sent.outcome === 'done') continue
    if (sent.outcome === 'refused') throw stopped(sent, rest, 1)
    idle = settled > 0 ? 0 : idle + 1
    if (rest.length > 0) await waitFor(sent, rest, idle, options)
  }
  return counts
}

/** No answer came: what is kept is kept, and the service says so when it is back. */
async function heard(sent: Sent, batchId: string, rest: readonly InputLine[], options: PushOptions): Promise<Sent> {
  if (sent.outcome !== 'lost') return sent
  for (let idle = 1; ; idle++) {
    await waitFor(sent, rest, idle, options)
    const durable = await options.api.durableOf(batchId)
    if (durable) return { ...sent, ...durable, outcome: 'again', retryAfterMs: 0 }
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))
}

function bodyOf(lines: readonly InputLine[]): Uint8Array {
  const newline = Buffer.from('\n')
  return Buffer.concat(lines.flatMap(({ bytes }) => [bytes, newline]))
}

function tellProgress(
  { file, line }: InputLine,
  { lastRecord }: Sent,
  counts: LineCounts,
  { onEvent }: PushOptions,
): void {
  onEvent({ event: 'progress', file, line, lastRecord, counts })
}

async function tellRefused(batchId: string, lines: readonly InputLine[], { api, onEvent }: PushOptions) {
  for (const { line, code, detail, pointer, head } of await api.refusedOf(batchId)) {
    const of = lines[line - 1]
    if (of) onEvent({ event: 'refused', file: of.file, line: of.line, code, detail, pointer, head })
  }
}

async function waitFor(sent: Sent, rest: readonly InputLine[], idle: number, options: PushOptions): Promise<void> {
  const { code, detail, retryAfterMs } = sent
  const waitMs = retryAfterMs ?? Math.min(PAUSE.firstMs * 2 ** idle, PAUSE.longestMs)
  if (idle >= TRIES || waitMs > options.maxWaitMs) throw stopped(sent, rest, 4)
  if (waitMs === 0) return
  options.onEvent({ event: 'waiting', code, detail, waitMs })
  await options.sleep(waitMs)
}

/** Everything before is kept: the sentence says how to go on. */
function stopped({ code, detail }: Sent, rest: readonly InputLine[], exitCode: 1 | 4): CliError {
  const [next] = rest
  const on = next ? `; go on with "${next.file}" --from-line ${next.line}` : ''
  return new CliError(`stopped: ${detail} (${code})${on}`, exitCode)
}

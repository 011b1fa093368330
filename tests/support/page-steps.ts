import type { Pasted } from './pasted.ts'

/** What a page says a block answers. */
export interface Claim {
  readonly kind: 'text' | 'json' | 'ndjson'
  readonly line: number
  readonly text: string
}

/** A block to paste, and what the page says comes of it. */
export interface Step {
  /** Of the page, for whoever has to mend it. */
  readonly line: number
  readonly command: string
  readonly claims: readonly Claim[]
}

const FENCE = /^```([^\n]*)\n([\s\S]*?)^```$/gm

/**
 * The blocks of a page in order: each `sh` with the `text`, `json` and `ndjson` blocks behind it.
 * Throws for any other block: nothing on a page is left untried.
 */
export function stepsOf(page: string): readonly Step[] {
  const steps: { line: number; command: string; claims: Claim[] }[] = []
  for (const { 1: kind = '', 2: text = '', index } of page.matchAll(FENCE)) {
    const line = page.slice(0, index).split('\n').length
    if (kind === 'sh') steps.push({ line, command: text, claims: [] })
    else if (kind === 'mermaid') continue
    else if (kind !== 'text' && kind !== 'json' && kind !== 'ndjson')
      throw new Error(`line ${line}: "${kind}" is not tried`)
    else {
      const before = steps.at(-1)
      if (!before) throw new Error(`line ${line}: nothing before it was pasted`)
      before.claims.push({ kind, line, text })
    }
  }
  return steps
}

/**
 * Whether a block answered what its page says. `…` stands for what differs each time: within a line, as a value, and
 * alone on a line for any number of lines. Columns may be wider; JSON may hold more than is shown.
 */
export function keepsClaim({ kind, text }: Claim, { stdout, stderr }: Pasted): boolean {
  if (kind === 'json') return matchesValue(JSON.parse(text), parsed(stdout))
  const matches = kind === 'text' ? matchesText : matchesLine
  // A terminal shows both; programs see the one or the other.
  return [stdout, stderr, stdout + stderr].some((answer) => matchesLines(linesOf(text), linesOf(answer), matches))
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '')
}

/** In one pass: a page may hold many gaps, and its answer many lines. */
function matchesLines(
  expected: readonly string[],
  given: readonly string[],
  matches: (expected: string, given: string) => boolean,
): boolean {
  let reached = new Set([0])
  for (const line of expected) {
    const [first = given.length + 1] = [...reached].sort((left, right) => left - right)
    if (line === '…')
      reached = new Set(
        given
          .map((_, at) => at)
          .concat(given.length)
          .filter((at) => at >= first),
      )
    else reached = new Set([...reached].filter((at) => matches(line, given[at] ?? '')).map((at) => at + 1))
  }
  return reached.has(given.length)
}

function matchesText(expected: string, given: string): boolean {
  return new RegExp(`^${expected.split('…').map(escaped).join('.*')}$`).test(given)
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function matchesLine(expected: string, given: string): boolean {
  return matchesValue(JSON.parse(expected), parsed(given))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function matchesValue(expected: unknown, given: unknown): boolean {
  if (typeof expected === 'string' && typeof given === 'string') return matchesText(expected, given)
  if (expected === '…') return given !== undefined
  if (Array.isArray(expected)) {
    if (!Array.isArray(given)) return false
    const isOpen = expected.at(-1) === '…'
    const shown = isOpen ? expected.slice(0, -1) : expected
    return (isOpen || given.length === shown.length) && shown.every((value, at) => matchesValue(value, given[at]))
  }
  if (!isObject(expected)) return expected === given
  return isObject(given) && Object.entries(expected).every(([key, value]) => matchesValue(value, given[key]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

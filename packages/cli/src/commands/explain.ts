import { parseUuid, recordIdOf } from '@atlas/identifiers'
import { Argument, Command } from 'commander'
import type { Context, Owner } from '../context.ts'
import { CliError } from '../exit.ts'
import { type WaterfallAnswer, waterfallText } from './waterfall-text.ts'
import { type WorkAnswer, workGraphText } from './work-graph-text.ts'

interface Step {
  readonly owner: Owner
  readonly path: (id: string) => string
  /** An answer that says nothing: it does not know the thing. */
  readonly isEmpty?: (answer: object) => boolean
}

/** Whom to ask about a thing, in the order in which it went through them. */
const PATHS: Readonly<Record<'record' | 'work' | 'candidate', readonly Step[]>> = {
  record: [
    { owner: 'ingest', path: (id) => `/internal/records/${id}` },
    { owner: 'matcher', path: (id) => `/internal/explain/record/${id}` },
  ],
  work: [
    { owner: 'matcher', path: (id) => `/internal/explain/work/${id}` },
    {
      owner: 'verifier',
      path: (id) => `/internal/explain/work/${id}`,
      isEmpty: (answer) => 'questions' in answer && Array.isArray(answer.questions) && answer.questions.length === 0,
    },
  ],
  candidate: [
    { owner: 'matcher', path: (id) => `/internal/explain/candidate/${id}` },
    { owner: 'verifier', path: (id) => `/internal/explain/candidate/${id}` },
  ],
}

/** Prints the path of one thing through the services, and why it is where it is. */
export function explainCommand(context: Context): Command {
  return new Command('explain')
    .description('the path of one record, work or candidate through the services, with reasons')
    .addArgument(new Argument('<kind>').choices(Object.keys(PATHS)))
    .argument('<id>', 'a UUID, or source:id for a record')
    .option('--json', 'one line of JSON a service')
    .addHelpText('after', '\nExamples:\n  atlas explain record crossref:10.1000/xyz\n  atlas explain candidate 0b8c…')
    .action(async (kind: keyof typeof PATHS, given: string, options: { json?: boolean }) => {
      const id = idOf(kind, given)
      let known = 0
      for (const { owner, path, isEmpty } of PATHS[kind]) {
        const answer = await context.call(owner, 'GET', path(id)).catch((error: unknown) => {
          if (error instanceof CliError && error.message.includes('not_found')) return undefined
          throw error
        })
        if (answer === undefined || isEmpty?.(answer as object)) continue
        known++
        if (options.json) context.print({ owner, ...(answer as object) })
        else context.print(`${owner}\n${shownAnswer(answer as object)}`)
      }
      if (known === 0) throw new CliError(`no service knows ${kind} "${given}"`)
    })
}

/** The sum of a candidate and the graph of a work are drawn; everything else is outlined. */
function shownAnswer(answer: object): string {
  if ('graph' in answer && 'work' in answer) {
    const { work, graph: _, ...others } = answer as WorkAnswer
    return `${workGraphText(answer as WorkAnswer).replaceAll(/^(?=.)/gm, '  ')}\n\n${outlined({ ...restOf(work), ...others }, 1)}`
  }
  if (!('waterfall' in answer) || answer.waterfall === null) return outlined(answer, 1)
  const { waterfall, ...others } = answer
  const drawn = waterfallText(waterfall as WaterfallAnswer).replaceAll(/^/gm, '  ')
  return `${outlined(others, 1)}\n\n${drawn}`
}

/** What the graph does not show. */
function restOf(work: object): object {
  const drawn = new Set([
    'workId',
    'revision',
    'state',
    'redirectTo',
    'members',
    'identifiers',
    'fieldSources',
    'flags',
    // Up to a thousand each; their numbers are shown.
    'references',
    'citedBy',
  ])
  return Object.fromEntries(Object.entries(work).filter(([key]) => !drawn.has(key)))
}

function idOf(kind: string, given: string): string {
  const uuid = parseUuid(given)
  if (uuid) return uuid
  const colon = given.indexOf(':')
  if (kind === 'record' && colon > 0) return recordIdOf(given.slice(0, colon), given.slice(colon + 1))
  throw new CliError(`"${given}" is not a UUID${kind === 'record' ? ' and not source:id' : ''}`, 2)
}

/** Indented lines that a person can read from top to bottom. */
export function outlined(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth)
  if (Array.isArray(value))
    return value
      .map((item) => (isPlain(item) ? `${indent}- ${shown(item)}` : `${indent}-\n${outlined(item, depth + 1)}`))
      .join('\n')
  if (typeof value !== 'object' || value === null) return `${indent}${shown(value)}`
  return Object.entries(value)
    .map(([key, item]) =>
      isPlain(item) ? `${indent}${key}: ${shown(item)}` : `${indent}${key}:\n${outlined(item, depth + 1)}`,
    )
    .join('\n')
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

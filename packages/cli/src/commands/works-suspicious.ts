import { Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'

const KINDS = ['bridge', 'conflicting-identifiers', 'many-members', 'years-apart'] as const
// As many as the matcher answers at once.
const PAGE = 200
// Of hundreds of members nobody reads a list on a terminal.
const SHOWN = 10

interface Suspicious {
  readonly workId: string
  readonly title: string | null
  readonly members: number
  readonly suspicions: readonly {
    readonly kind: string
    readonly details: string
    readonly recordIds: readonly string[]
  }[]
}

interface Options {
  readonly kind?: (typeof KINDS)[number]
  readonly after?: string
  readonly limit: number
  readonly json?: boolean
}

/** Works that look wrong, in the order of their ids: no rule decides about them until a curator or a source has. */
export function suspiciousCommand(context: Context): Command {
  return new Command('suspicious')
    .description('works that look wrong, and why; nothing is confirmed or rejected by rule on them')
    .addOption(new Option('--kind <kind>', 'only for this reason').choices(KINDS))
    .option('--after <workId>', 'go on behind this work')
    .option('--limit <n>', 'as many at most', positive, 50)
    .option('--json', 'one line of JSON a work')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas works suspicious\n  atlas works suspicious --kind bridge --limit 10\n  atlas works suspicious --limit 10000 --json > suspicious.jsonl',
    )
    .action(async ({ kind, limit, json, ...options }: Options) => {
      let [shown, after] = [0, options.after ?? null]
      do {
        const page = await pageOf(context, kind, after, Math.min(PAGE, limit - shown))
        for (const work of page.works) context.print(json ? work : textOf(work))
        shown += page.works.length
        after = page.next
      } while (after !== null && shown < limit)
      context.note(`${shown} suspicious${after === null ? '' : `; more with --after ${after}`}`)
    })
}

async function pageOf(context: Context, kind: string | undefined, after: string | null, limit: number) {
  const query = new URLSearchParams({ limit: String(limit) })
  if (kind !== undefined) query.set('kind', kind)
  if (after !== null) query.set('after', after)
  const answer = await context.call('matcher', 'GET', `/internal/works/suspicious?${query}`)
  return answer as { readonly works: readonly Suspicious[]; readonly next: string | null }
}

function textOf({ workId, title, members, suspicions }: Suspicious): string {
  const records = (ids: readonly string[]): string =>
    [...ids.slice(0, SHOWN), ...(ids.length > SHOWN ? [`and ${ids.length - SHOWN} more: --json`] : [])]
      .map((line) => `\n    ${line}`)
      .join('')
  return [
    `${workId}  ${members} members  ${title ?? '(no title)'}`,
    ...suspicions.map(({ kind, details, recordIds }) => `  ${kind}: ${details}${records(recordIds)}`),
  ].join('\n')
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is needed')
  return Number(text)
}

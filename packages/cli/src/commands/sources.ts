import { Command } from 'commander'
import type { Context } from '../context.ts'
import { sourcesCheckCommand } from './sources-check.ts'

interface Source {
  readonly source: string
  readonly records: number
  readonly versions: number
  readonly refusedByCode: Readonly<Record<string, number>>
  readonly lastSuccessAt: string | null
  readonly unsent: number
  readonly lagSeconds: number
}

/** What came of each source, and what of it still waits. */
export function sourcesCommand(context: Context): Command {
  const command = new Command('sources')
    .description('records, versions, refusals by code, last success and lag of each source')
    .option('--json', 'one line of JSON a source')
    .addHelpText('after', '\nExamples:\n  atlas sources\n  atlas sources --json')
    .action(async ({ json }: { json?: boolean }) => {
      const { sources } = (await context.call('ingest', 'GET', '/v1/sources')) as { sources: Source[] }
      if (json) for (const source of sources) context.print(source)
      else context.print(tableOf([HEAD, ...sources.map(rowOf)]))
    })
  return command.addCommand(sourcesCheckCommand(context))
}

const HEAD = ['source', 'records', 'versions', 'last success', 'unsent', 'lag', 'refused']

function rowOf(one: Source): string[] {
  const refused = Object.entries(one.refusedByCode).map(([code, lines]) => `${code} ${lines}`)
  const last = one.lastSuccessAt?.replace(/\.\d+Z$/, 'Z') ?? 'never'
  return [
    one.source,
    ...[one.records, one.versions].map((count) => count.toLocaleString('en')),
    last,
    String(one.unsent),
    one.unsent > 0 ? `${one.lagSeconds} s` : '–',
    refused.join(', ') || '–',
  ]
}

/** Columns as wide as their widest cell; numbers to the right. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  const isNumber = (at: number) => at === 1 || at === 2 || at === 4
  return rows
    .map((row) =>
      row
        .map((cell, at) => (isNumber(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

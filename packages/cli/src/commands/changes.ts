import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

interface Report {
  readonly both: number
  readonly onlyEarlier: number
  readonly onlyLater: number
  readonly classes: Readonly<Record<string, number>>
  readonly fields: readonly {
    readonly class: string
    readonly field: string
    readonly records: number
    readonly example: string
  }[]
  readonly identity: readonly { readonly sourceId: string; readonly changed: readonly string[] }[]
}

/** Says what two pulls of the same records differ in, and what of that would be published or asked; nothing is kept. */
export function changesCommand(context: Context): Command {
  return new Command('changes')
    .description('compare two files of the same records: what changed, by class and field')
    .argument('<earlier>', 'a record file')
    .argument('<later>', 'a record file')
    .requiredOption('--source <source>', 'whose records they are')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  atlas changes works-march.jsonl works-may.jsonl --source openalex')
    .action(async (earlier: string, later: string, options: { source: string; json?: boolean }) => {
      const { runProgram } = await import('@atlas/testing/deployment')
      let report: Report | undefined
      const run = await runProgram({
        path: 'services/ingest/src/changes-main.ts',
        env: {},
        args: ['--source', options.source, '--', earlier, later],
        onLine: (line) => {
          report = line as Report
        },
      })
      if (run.exitCode !== 0 || !report)
        throw new CliError(run.stderr.trim() || `comparing ended with ${run.exitCode}`, run.exitCode === 2 ? 2 : 1)
      context.print(options.json ? report : changesText(report))
    })
}

const MEANING: Readonly<Record<string, string>> = {
  identity: 'published, questions may be asked again',
  bibliographic: 'published, nobody is asked',
  volatile: 'published at most weekly, nobody is asked',
  cosmetic: 'kept, not published',
  none: 'nothing that is read: kept, not published',
}

/** The report as a person reads it. */
export function changesText({ both, onlyEarlier, onlyLater, classes, fields, identity }: Report): string {
  const rows = Object.entries(MEANING).map(([name, meaning]) => [String(classes[name] ?? 0), name, meaning])
  const fieldRows = fields.map((one) => [String(one.records), one.class, one.field, one.example])
  return [
    `${both} records are in both files, ${onlyEarlier} only in the earlier, ${onlyLater} only in the later one.`,
    `Records by their most important change\n${columns(rows)}`,
    `Records in which a field differs\n${columns(fieldRows)}`,
    `Who or what a record is\n${columns(identity.map(({ sourceId, changed }) => [sourceId, changed.join(' ')]))}`,
  ].join('\n\n')
}

/** Numbers to the right, words to the left. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const cell = (text: string, at: number) =>
    /^\d+$/.test(text) ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)
  return rows.map((row) => `  ${row.map(cell).join('  ').trimEnd()}`).join('\n')
}

import { resolve } from 'node:path'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import { runProgram } from '../run-program.ts'

interface Mistake {
  readonly event: 'mistake'
  readonly pointer: string
  readonly detail: string
}

interface MappingEvent {
  readonly event: 'mapping'
  readonly source: string
  readonly version: number
  readonly format: string
}

interface Check {
  readonly event: 'check'
  readonly records: number
  readonly refused: number
  readonly fields: readonly { readonly field: string; readonly from: string; readonly records: number }[]
  readonly refusals: readonly {
    readonly ordinal: number
    readonly errors: readonly { readonly code: string; readonly pointer: string; readonly detail: string }[]
  }[]
  readonly warnings: Readonly<Record<string, number>>
  readonly samples: readonly object[]
}

/** A dry run of a source that is mapped by a file: nothing is kept, nothing needs to run. */
export function sourcesCheckCommand(context: Context): Command {
  return new Command('check')
    .description('what is wrong with the file of a mapped source, and what it makes of records')
    .argument('<file>', 'the mapping')
    .option('--data <file>', 'records as the source sends them')
    .addHelpText('after', '\nExample:\n  atlas sources check sources/our-repository.json --data export.csv')
    .action(async (file: string, { data }: { data?: string }) => {
      let mistakes = 0
      const run = await runProgram(
        'services/ingest/src/sources-check-main.ts',
        context.env,
        (line) => {
          const event = line as Mistake | MappingEvent | Check
          if (event.event === 'mistake') mistakes += 1
          context.print(textOf(event))
        },
        [...(data === undefined ? [] : ['--data', resolve(data)]), '--', resolve(file)],
      )
      if (run.exitCode === 0) return
      if (run.exitCode !== 3) throw new CliError(run.stderr || `the check ended with ${run.exitCode}`)
      throw new CliError(mistakes > 0 ? 'the mapping has mistakes' : 'some records were refused', 3)
    })
}

function textOf(event: Mistake | MappingEvent | Check): string {
  switch (event.event) {
    case 'mistake':
      return `${event.pointer || '/'}: ${event.detail}`
    case 'mapping':
      return `${event.source}, version ${event.version}: a mapping of ${event.format}`
    case 'check':
      return checkText(event)
  }
}

/** Fields, refusals, warnings, and the first records as they are read. */
export function checkText({ records, refused, fields, refusals, warnings, samples }: Omit<Check, 'event'>): string {
  const widths = [fields.map(({ field }) => field), fields.map(({ from }) => from)].map((texts) =>
    Math.max(0, ...texts.map((text) => text.length)),
  )
  const [fieldWidth = 0, fromWidth = 0] = widths
  return [
    `${records} records, ${refused} refused`,
    ...fields.map(
      ({ field, from, records: having }) =>
        `  ${field.padEnd(fieldWidth)}  ${from.padEnd(fromWidth)}  in ${having}${having === 0 ? '  <- nowhere' : ''}`,
    ),
    ...refusals.flatMap(({ ordinal, errors }) =>
      errors.map(({ code, pointer, detail }) => `  refused: record ${ordinal}: ${code} ${pointer} ${detail}`),
    ),
    ...Object.entries(warnings).map(([code, count]) => `  warned of: ${code} in ${count}`),
    ...samples.map((sample) => JSON.stringify(sample, said, 2)),
  ].join('\n')
}

/** What a record says nothing about is left out. */
function said(_key: string, value: unknown): unknown {
  const empty = value === null || value === false || (Array.isArray(value) && value.length === 0)
  return empty ? undefined : value
}

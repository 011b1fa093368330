import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

interface Resolved {
  readonly workId: string
  readonly scheme: string
  readonly value: string
  readonly relation: string
  readonly exact: boolean
  readonly recordIds: readonly string[]
  readonly title: string | null
  readonly type: string
  readonly year: number | null
}

interface Answer {
  readonly sought: readonly { readonly scheme: string; readonly value: string }[]
  readonly works: readonly Resolved[]
}

/** Which works a DOI, an arXiv id, a PMID, a URL … leads to, and what it is to each. */
export function resolveCommand(context: Context): Command {
  return new Command('resolve')
    .description('the works that an identifier leads to, and what it is to each of them')
    .argument('<identifier>', 'in any of its written forms')
    .option('--scheme <scheme>', 'look in this one only: doi, arxiv, pmid, pmcid, hal, openalex, isbn, mag …')
    .option('--json', 'one line of JSON a work')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas works resolve https://doi.org/10.1000/xyz\n  atlas works resolve arXiv:1707.08567v2\n  atlas works resolve 12345678 --scheme pmid',
    )
    .action(async (identifier: string, { scheme, json }: { scheme?: string; json?: boolean }) => {
      const query = new URLSearchParams({ identifier, ...(scheme === undefined ? {} : { scheme }) })
      const { sought, works } = (await context.call('matcher', 'GET', `/internal/works/resolve?${query}`)) as Answer
      for (const work of works) context.print(json ? work : textOf(work))
      const asked = sought.map(({ scheme, value }) => `${scheme}:${value}`).join(', ')
      if (works.length === 0) throw new CliError(`no work has ${asked}`)
      context.note(`${works.length} by ${asked}`)
    })
}

function textOf({ workId, scheme, value, relation, exact, recordIds, title, type, year }: Resolved): string {
  const members = recordIds.length === 1 ? '1 member says so' : `${recordIds.length} members say so`
  return [
    `${workId}  ${type} ${year ?? 'of no year'}  ${title ?? '(no title)'}`,
    `  ${relation} ${scheme}:${value}${exact ? '' : ', another version of what was asked'}; ${members}`,
  ].join('\n')
}

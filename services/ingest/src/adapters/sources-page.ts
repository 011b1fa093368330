import type { Adapter } from './adapter.ts'
import { FORM_DIFFERENCES } from './form-differences.ts'
import type { SourceMapping } from './mapping.ts'

const HEAD = `# Sources

What is read of each source, and which of our words its words become. These tables are the ones that the adapters read
by; this page is written from them. How a record travels: [ingest](../services/ingest/README.md).

Types are article, preprint, conference-paper, book, book-chapter, thesis, dissertation, report, dataset, software, review,
editorial, letter, erratum and other; a word that stands in no table is \`other\`, and the word itself is kept. Open access
is gold, green, hybrid, bronze, diamond or closed; the first rule that holds decides, and where none does the source does
not say.

A record that has the DOI of a publisher is the publication's. An arXiv id beside it, and what else arXiv gave it, is that of its
preprint (\`has_preprint\`), whatever the source; without such a DOI it is the record's own. What the two make together:
[works](works.md).

One record in several forms of its source reads alike; where a form cannot say something, that is in a table below.
`

/** The page docs/sources.md. */
export function sourcesPage(adapters: Iterable<Adapter>): string {
  const all = [...adapters].sort((a, b) => (a.source < b.source ? -1 : 1))
  return [HEAD, overview(all), ...all.map(section)].join('\n')
}

function overview(adapters: readonly Adapter[]): string {
  const rows = adapters.map(({ source, formats, mapping }) => {
    return [
      `[${source}](#${source})`,
      mapping?.takes ?? '',
      (mapping?.kinds ?? ['work']).join(', '),
      formats.join(', '),
    ]
  })
  return table(['source', 'what is taken', 'kind', 'formats'], rows)
}

function section({ source, mapping }: Adapter): string {
  if (mapping === undefined) return ''
  return [`## ${source}\n`, types(mapping), openAccess(mapping), ...forms(source)].join('\n')
}

/** One row for each of our types, in the order in which the table names them first. */
function types({ types }: SourceMapping): string {
  const words = Map.groupBy(Object.entries(types), ([, type]) => type)
  if (words.size === 0) return 'No types.\n'
  const rows = [...words].map(([type, pairs]) => [type, pairs.map(([word]) => code(word)).join(', ')])
  return table(['type', `words of the source`], rows)
}

function openAccess({ openAccess }: SourceMapping): string {
  if (openAccess.length === 0) return 'Open access: the source does not say.\n'
  return `Open access: ${openAccess.map(({ when, status }) => `${when} → ${status}`).join('; ')}.\n`
}

/** What a form says otherwise than the first, by reason. */
function forms(source: string): string[] {
  const known = FORM_DIFFERENCES[source]
  if (known === undefined) return []
  const rows = Object.entries(known.others).flatMap(([form, reasons]) =>
    Object.entries(reasons).map(([reason, fields]) => [form, reason, fields.map(code).join(', ')]),
  )
  return [`Forms say the same as ${known.first}, but:\n`, table(['form', 'why', 'fields'], rows)]
}

function code(word: string): string {
  return `\`${word}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}

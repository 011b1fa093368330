import { TOPIC_NAMES, TOPICS, type Topic } from './topics.ts'

const DAY_MS = 24 * 3600 * 1000

const COLUMNS: readonly { readonly title: string; readonly cell: (topic: Topic) => string }[] = [
  { title: 'topic', cell: (topic) => `\`${topic.name}\`` },
  { title: 'key', cell: (topic) => topic.key },
  { title: 'partitions', cell: (topic) => String(topic.partitions) },
  { title: 'kind', cell: (topic) => `${topic.kind}, \`${topic.number}\`` },
  { title: 'one value', cell: (topic) => `[\`${topic.id}\`](avro/${topic.name}.avsc)` },
  { title: 'from', cell: (topic) => topic.producer },
  { title: 'read by', cell: (topic) => topic.consumers.join(', ') },
  { title: 'largest message', cell: (topic) => `${topic.maxMessageBytes / 2 ** 20} MiB` },
  { title: 'kept', cell: (topic) => `${topic.retentionMs / DAY_MS} days` },
]

/** The table of all topics for a page, in Markdown with columns in line. */
export function topicCatalogue(): string {
  const lines = TOPIC_NAMES.map((name) => COLUMNS.map(({ cell }) => cell(TOPICS[name])))
  const widths = COLUMNS.map(({ title }, index) =>
    Math.max(title.length, ...lines.map((cells) => (cells[index] ?? '').length)),
  )
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`
  return [
    row(COLUMNS.map(({ title }) => title)),
    row(widths.map((width) => '-'.repeat(width))),
    ...lines.map(row),
  ].join('\n')
}

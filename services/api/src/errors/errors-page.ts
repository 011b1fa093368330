import { ERRORS, type ErrorEntry, type Place } from './catalogue.ts'

const PLACES: Readonly<Record<Place, string>> = {
  record: 'a record',
  file: 'a file',
  message: 'a message',
  partition: 'a partition',
  chain: 'the chain',
}

const whereOf = ({ at }: ErrorEntry) =>
  at.map((place) => (typeof place === 'number' ? String(place) : PLACES[place])).join(', ')

/** The page that the `type` of a problem leads to, as `docs/errors.md`. */
export function errorsMarkdown(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, entry]) => `| <a id="${code}"></a>\`${code}\` | ${whereOf(entry)} | ${entry.meaning} | ${entry.remedy} |`,
  )
  return `${[
    '# Error codes',
    '',
    'Every refusal is a problem document (RFC 9457, `application/problem+json`) with `type`, `title`, `status`, `code`, `detail`',
    'and `requestId`, and `errors` where several things are wrong, each with a pointer to its place. `code` is stable: programs',
    'look at nothing else. `detail` is for people and may change. The request id names the request in our logs.',
    '',
    'The same words say why one record of a push or a file was refused, why a message was set aside',
    '(`./atlas quarantine list`), why a partition stands still (`./atlas consumer list`), and what is wrong with the chain of',
    'acts (`./atlas audit verify`). A code `pg_…` on a message is the SQLSTATE of a database that refused it: a defect of ours.',
    '',
    '| code | status, or where | what it means | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')}\n`
}

/** The same as a page. The catalogue is ours: nothing in it needs escaping but what a test would show. */
export function errorsPage(): string {
  const shown = (text: string) => text.replaceAll(/`([^`]+)`/g, '<code>$1</code>')
  const rows = Object.entries(ERRORS).map(
    ([code, entry]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${whereOf(entry)}</td><td>${shown(entry.meaning)}</td><td>${shown(entry.remedy)}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Error codes</title></head><body>
<h1>Error codes</h1><p>Every refusal is a problem document (RFC 9457); its <code>code</code> is stable.</p>
<table><thead><tr><th>code</th><th>status, or where</th><th>what it means</th><th>what to do</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>`
}

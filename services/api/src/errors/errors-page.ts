import { ERRORS } from './catalogue.ts'

/** The page that the `type` of a problem leads to, as `docs/errors.md`. */
export function errorsMarkdown(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, meaning }]) => `| <a id="${code}"></a>\`${code}\` | ${status.join(', ')} | ${meaning} |`,
  )
  return `${[
    '# Error codes',
    '',
    'Every refusal is a problem document (RFC 9457, `application/problem+json`) with `type`, `title`, `status`, `code`, `detail`',
    'and `requestId`, and `errors` where several things are wrong, each with a pointer to its place. `code` is stable: programs',
    'look at nothing else. `detail` is for people and may change. The request id names the request in our logs.',
    '',
    '| code | status | what it means, and what to do |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n')}\n`
}

/** The same as a page. The catalogue is ours: nothing in it needs escaping but what a test would show. */
export function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, meaning }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status.join(', ')}</td><td>${meaning.replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Error codes</title></head><body>
<h1>Error codes</h1><p>Every refusal is a problem document (RFC 9457); its <code>code</code> is stable.</p>
<table><thead><tr><th>code</th><th>status</th><th>what it means, and what to do</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>`
}

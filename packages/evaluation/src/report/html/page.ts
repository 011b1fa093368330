import { escaped } from './svg.ts'

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#fff;max-width:1060px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem;border-bottom:1px solid #ddd}p{max-width:46rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #e6e6e6}
th:first-child,td:first-child{text-align:left}svg text{font-size:11px;fill:#333}svg .title{font-size:12px}svg .grid{stroke:#e8e8e8}
.row{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem}
.legend i{display:inline-block;width:.8rem;height:.8rem;margin-right:.4rem;border-radius:2px}.scroll{overflow-x:auto}`

export interface Section {
  readonly title: string
  /** What a reader sees there, in a sentence. */
  readonly says: string
  readonly body: string
}

/** One file that needs no other. */
export function page(title: string, says: string, sections: readonly Section[]): string {
  const parts = sections.map((one) => `<h2>${escaped(one.title)}</h2>\n<p>${escaped(one.says)}</p>\n${one.body}`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(title)}</h1>
<p>${escaped(says)}</p>
${parts.join('\n')}
</body></html>
`
}

export function htmlTable(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows
  const cells = (row: readonly string[], tag: string): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<div class="scroll"><table><thead>${cells(head ?? [], 'th')}</thead><tbody>${body.map((row) => cells(row, 'td')).join('')}</tbody></table></div>`
}

export type Sniffed =
  /** `skip` bytes of a byte order mark come first. */
  | { readonly kind: 'json'; readonly skip: number }
  | { readonly kind: 'lines' }
  | { readonly kind: 'xml' }
  | { readonly kind: 'bibtex' }
  | { readonly kind: 'ris' }
  /** Text that is a table, if it is anything: what a table is cannot be told from other text. */
  | { readonly kind: 'csv' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }

const ARCHIVES: readonly (readonly [string, string])[] = [
  ['504b0304', 'zip'],
  ['377abcaf271c', '7z'],
  ['526172211a07', 'rar'],
  ['fd377a585a00', 'xz'],
  ['04224d18', 'lz4'],
  ['425a68', 'bzip2'],
]

/** What a file is, by its first bytes; its name counts only between JSON lines and a JSON document. */
export function sniff(head: Buffer, fileName: string): Sniffed {
  const archive = ARCHIVES.find(([magic]) => head.subarray(0, magic.length / 2).toString('hex') === magic)
  if (archive)
    return {
      kind: 'refused',
      code: 'archive_unsupported',
      detail: `${archive[1]} is not accepted: send gzip, zstd or plain files`,
    }
  if (head.byteLength === 0) return { kind: 'refused', code: 'failed_empty', detail: 'the file is empty' }
  const utf16 = utf16Order(head)
  if (utf16 !== undefined) {
    const isXml = head.toString('latin1', 2, 12).replaceAll('\0', '').trimStart().startsWith('<')
    return isXml
      ? { kind: 'xml' }
      : { kind: 'refused', code: 'invalid_utf8', detail: 'line 1, byte 0: looks like UTF-16' }
  }
  // "<" of UTF-16 without its mark, which the XML reader refuses by name.
  if (head[0] === 0 && head[1] === 0x3c) return { kind: 'xml' }
  if (head[0] === 0) return { kind: 'refused', code: 'invalid_utf8', detail: 'line 1, byte 0: not text' }
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const start = firstWord(head, skip)
  if (head[start] === 0x3c) return { kind: 'xml' }
  if (/\.(jsonl|ndjson)(\.gz|\.zst)?$/i.test(fileName)) return { kind: 'lines' }
  if (head[start] === 0x7b) return isLines(head, start) ? { kind: 'lines' } : { kind: 'json', skip }
  if (head[start] === 0x5b) return { kind: 'json', skip }
  if (start === head.byteLength)
    return { kind: 'refused', code: 'unexpected_format', detail: 'the file holds no records' }
  return { kind: textKind(head.toString('latin1', skip), fileName) }
}

/** Entries and references may have a heading or comments before them; a table has its first row. */
function textKind(text: string, fileName: string): 'bibtex' | 'ris' | 'csv' {
  if (/\.(csv|tsv)(\.gz|\.zst)?$/i.test(fileName)) return 'csv'
  if (/(?:^|\n)TY {1,2}- ?[A-Z]/.test(text)) return 'ris'
  return /(?:^|\n)[ \t]*@[ \t]*[A-Za-z]+\s*[{(]/.test(text) || /\.bib(\.gz|\.zst)?$/i.test(fileName) ? 'bibtex' : 'csv'
}

function utf16Order(head: Buffer): 'le' | 'be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'be'
  return undefined
}

/** Index of the first byte that is not white space. */
function firstWord(head: Buffer, from: number): number {
  let at = from
  while (at < head.byteLength && (head[at] ?? 0) <= 0x20 && head[at] !== 0) at += 1
  return at
}

/** The first line is a closed object, and the next line opens another one. */
function isLines(head: Buffer, start: number): boolean {
  const end = head.indexOf(0x0a, start)
  if (end === -1) return false
  const line = head.toString('latin1', start, end).trimEnd()
  return line.endsWith('}') && head[firstWord(head, end)] === 0x7b
}

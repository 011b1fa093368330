// What stands in the sets; adapters decode the same of their sources before a record reaches an engine.
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
}

/** The text with its character references read; what is none stays as it is. */
export function decodedText(text: string | null): string | null {
  if (text === null || !text.includes('&')) return text
  return text.replace(/&(?:#(\d{2,6})|#x([\da-f]{2,5})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return NAMED[String(name).toLowerCase()] ?? whole
  })
}

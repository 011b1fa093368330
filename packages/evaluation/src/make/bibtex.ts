import { texText, texVerbatim } from '@atlas/identifiers'

/** One entry as it stands, its texts without markup. */
export interface BibEntry {
  readonly type: string
  readonly key: string
  readonly fields: Readonly<Record<string, string>>
}

// A value in braces, with up to four levels of them inside: deeper ones do not occur.
const BRACED = nested(4)
const ENTRY = new RegExp(`@(\\w+)\\{([^,\\s]+),((?:\\s*\\w+\\s*=\\s*(?:${BRACED}|"[^"]*"|\\w+)\\s*,?)*)\\s*\\}`, 'g')
const FIELD = new RegExp(`(\\w+)\\s*=\\s*(?:(${BRACED})|"([^"]*)"|(\\w+))`, 'g')

// What is no prose: two hyphens in a DOI are no dash.
const VERBATIM: ReadonlySet<string> = new Set(['doi', 'url', 'isbn', 'issn'])

/** Entries of a file as bibliographies export them; what is between entries is left out. */
export function bibEntries(text: string): readonly BibEntry[] {
  return [...text.matchAll(ENTRY)].map(([, type = '', key = '', body = '']) => ({
    type: type.toLowerCase(),
    key,
    fields: Object.fromEntries(
      [...body.matchAll(FIELD)].map(([, name = '', braced, quoted, bare]) => [
        name.toLowerCase(),
        (VERBATIM.has(name.toLowerCase()) ? texVerbatim : texText)(braced?.slice(1, -1) ?? quoted ?? bare ?? ''),
      ]),
    ),
  }))
}

function nested(levels: number): string {
  return levels === 0 ? '\\{[^{}]*\\}' : `\\{(?:[^{}]|${nested(levels - 1)})*\\}`
}

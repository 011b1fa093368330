/** One entry of a BibTeX file. Values are TeX as it stands, without their delimiters, abbreviations written out. */
export interface BibtexEntry {
  /** `article`, in lower case. */
  readonly type: string
  /** The citation key; '' where there is none. */
  readonly key: string
  /** By name in lower case; of a name that comes twice the first counts, as in BibTeX. */
  readonly fields: Readonly<Record<string, string>>
}

/** What `@string` has a word stand for; undefined where nothing defines it. The word is in lower case. */
export type Lookup = (word: string) => string | undefined

export type BibtexRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly detail: string; readonly line: number }

const MAX_KEY = 1_000
const MAX_FIELDS = 5_000
/** Of one value when its abbreviations are written out: each may stand for others. */
const MAX_VALUE = 4 << 20

export interface Definition {
  readonly name: string
  readonly value: string
  readonly uses: ReadonlySet<string>
}

/** An entry from its text, and the words in it that may be abbreviations. One that nothing defines stands for itself. */
export function readBibtex(
  text: string,
  lookup: Lookup,
): BibtexRead<{ readonly entry: BibtexEntry; readonly uses: ReadonlySet<string> }> {
  const reader = new Reader(text, lookup)
  return attempt(text, () => ({ entry: reader.entry(), uses: reader.words }))
}

/** `@string{name = value}`: the name, what it abbreviates, and the abbreviations that the value uses. */
export function readDefinition(text: string, lookup: Lookup): BibtexRead<Definition> {
  const reader = new Reader(text, lookup)
  return attempt(text, () => ({ ...reader.definition(), uses: reader.words }))
}

function attempt<T>(text: string, read: () => T): BibtexRead<T> {
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    return { ok: false, detail: error.message, line: text.slice(0, error.at).split('\n').length }
  }
}

class Mistake extends Error {
  readonly at: number
  constructor(detail: string, at: number) {
    super(detail)
    this.at = at
  }
}

class Reader {
  private readonly text: string
  private readonly lookup: Lookup
  private at = 0
  /** Words that stood where a value should: abbreviations. */
  readonly words = new Set<string>()

  constructor(text: string, lookup: Lookup) {
    this.text = text
    this.lookup = lookup
  }

  entry(): BibtexEntry {
    const type = this.opening()
    const key = this.match(/[^\s,={}"]*/y)
    if (key.length > MAX_KEY) throw new Mistake(`a key has at most ${MAX_KEY} characters`, this.at - key.length)
    const fields: Record<string, string> = Object.create(null)
    let count = 0
    for (this.space(); !this.closes(); this.space()) {
      this.expect(',', count === 0 ? 'behind the key' : 'between two fields')
      this.space()
      if (this.closes()) break // a comma behind the last field is usual
      const [name, value] = this.assignment()
      fields[name] ??= value
      count += 1
      if (count > MAX_FIELDS) throw new Mistake(`an entry has at most ${MAX_FIELDS} fields`, this.at)
    }
    return { type, key, fields }
  }

  definition() {
    this.opening()
    const [name, value] = this.assignment()
    this.space()
    if (!this.closes()) throw new Mistake('an abbreviation is one name and one value', this.at)
    return { name, value }
  }

  private opening(): string {
    const opening = this.match(/@\s*[A-Za-z]+\s*[{(]/y)
    if (opening === '') throw new Mistake('an entry begins like @article{', 0)
    this.space()
    return opening.slice(1, -1).trim().toLowerCase()
  }

  private assignment(): [name: string, value: string] {
    const name = this.match(/[^\s"#%'(),={}]+/y).toLowerCase()
    if (name === '') throw new Mistake(`a field is missing before ${this.found()}`, this.at)
    this.space()
    this.expect('=', `behind "${name.slice(0, 80)}"`)
    this.space()
    let value = this.piece()
    for (this.space(); this.text[this.at] === '#'; this.space()) {
      this.at += 1
      this.space()
      value += this.piece()
      if (value.length > MAX_VALUE) throw new Mistake('a value is longer than 4 MiB', this.at)
    }
    return [name, value]
  }

  private piece(): string {
    const first = this.text[this.at]
    if (first === '{') return this.braced()
    if (first === '"') return this.quoted()
    const word = this.match(/[^\s"#%'(),={}]+/y)
    if (word === '') throw new Mistake(`a value is missing before ${this.found()}`, this.at)
    if (/^\d+$/.test(word)) return word
    const name = word.toLowerCase()
    this.words.add(name)
    return this.lookup(name) ?? word
  }

  private braced(): string {
    const start = this.at
    let depth = 0
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]
      if (char === '{') depth += 1
      else if (char === '}' && --depth === 0) return this.text.slice(start + 1, this.at++)
    }
    throw new Mistake('a brace is never closed', start)
  }

  /** In quotes, braces are balanced, and a quote in braces is text. */
  private quoted(): string {
    const start = this.at++
    let depth = 0
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]
      if (char === '{') depth += 1
      else if (char === '}' && --depth < 0) throw new Mistake('a brace is closed that was not opened', this.at)
      else if (char === '"' && depth === 0) return this.text.slice(start + 1, this.at++)
    }
    throw new Mistake('a quote is never closed', start)
  }

  private closes(): boolean {
    return this.at === this.text.length - 1 && /[})]/.test(this.text[this.at] ?? '')
  }

  private expect(char: string, where: string): void {
    if (this.text[this.at] !== char) throw new Mistake(`"${char}" is missing ${where}`, this.at)
    this.at += 1
  }

  private found(): string {
    return this.at < this.text.length ? JSON.stringify(this.text.slice(this.at, this.at + 20)) : 'the end'
  }

  private space(): void {
    this.match(/\s*/y)
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }
}

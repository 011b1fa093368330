import { titleTokens } from '@atlas/identifiers'
import { STOP_WORDS } from '../works/title-words.ts'

// Measured: with 64 words of a title and abstract matching is as good as with all of them.
const MAX_TERMS = 64

/** What a work is about, as far as its texts say: stems of words, distinct, what says most first. */
export function termsOf(texts: {
  readonly title: string | null
  readonly abstract?: string | null
  readonly keywords?: readonly string[]
}): readonly string[] {
  const counts = new Map<string, number>()
  const count = (text: string, weight: number) => {
    for (const word of titleTokens(text)) {
      if (word.length < 3 || STOP_WORDS.has(word)) continue
      const stem = stemOf(word)
      counts.set(stem, (counts.get(stem) ?? 0) + weight)
    }
  }
  count(texts.title ?? '', 2)
  for (const keyword of texts.keywords ?? []) count(keyword, 2)
  count(texts.abstract ?? '', 1)
  // Of words said equally often the longer is the rarer one, as a rule.
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || b.length - a.length || (a < b ? -1 : 1))
    .slice(0, MAX_TERMS)
    .map(([stem]) => stem)
}

/** Only endings that never make two words one: it must not know a language. */
function stemOf(word: string): string {
  return word.length > 5 ? word.replace(/(?:ing|ies|es|ed|s)$/, '') : word.replace(/s$/, '')
}

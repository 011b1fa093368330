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
    .sort((a, b) => b[1] - a[1] || b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_TERMS)
    .map(([stem]) => stem)
}

/** Only endings that never make two words one: it must not know a language. */
function stemOf(word: string): string {
  return word.slice(0, word.length - endingOf(word))
}

/** How many letters of ing, ies, es, ed or s a word ends in; of a short word only an s. An abstract has 150 words. */
function endingOf(word: string): number {
  if (word.length > 5) {
    if (word.endsWith('ing') || word.endsWith('ies')) return 3
    if (word.endsWith('es') || word.endsWith('ed')) return 2
  }
  return word.endsWith('s') ? 1 : 0
}

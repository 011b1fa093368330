/** A table written as its words, each followed by what stands for it. */
export function pairsOf(words: string): Readonly<Record<string, string>> {
  const list = words.split(' ')
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < list.length; at += 2) pairs.push([list[at] ?? '', list[at + 1] ?? ''])
  return Object.fromEntries(pairs)
}

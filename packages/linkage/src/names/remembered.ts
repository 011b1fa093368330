// Names come again and again: a table of what was met is worth its room. It is emptied when it is full.
const MAX_REMEMBERED = 50_000

/** The same function, which works out each word once. */
export function remembered<T extends object | boolean>(spell: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>()
  return (word) => {
    const found = known.get(word)
    if (found !== undefined) return found
    const spelled = spell(word)
    if (known.size >= MAX_REMEMBERED) known.clear()
    known.set(word, spelled)
    return spelled
  }
}

import type { KeyChoice } from '@atlas/linkage'

/**
 * The keys a slot is indexed under: its own, and instead of one that the model knows as frequent the narrower ones.
 * The model's table is frozen, so this does not depend on what has arrived so far.
 */
export function indexedKeys(choices: readonly KeyChoice[]): readonly string[] {
  const keys = new Set<string>()
  for (const choice of choices)
    if (choice.frequent) for (const { key } of choice.narrower) keys.add(key)
    else keys.add(choice.key)
  return [...keys].sort()
}

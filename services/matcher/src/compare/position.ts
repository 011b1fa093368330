/**
 * How far the comparison of a profile came: the slots under keys that it left, then its claims by candidate id, then the
 * slots under its keys, key by key.
 */
export type Position =
  | { readonly phase: 'left' | 'keys'; readonly place: number; readonly after: string | null }
  | { readonly phase: 'claims'; readonly after: string | null }

export function parsePosition(text: string | null): Position {
  return text === null ? { phase: 'left', place: 0, after: null } : (JSON.parse(text) as Position)
}

/**
 * How far the comparison of a work came: all of its pairs by slot id, then what is claimed of each slot, which depends on
 * pairs of the others.
 */
export interface WorkPosition {
  readonly phase: 'pairs' | 'claims'
  readonly after: string | null
}

export function parseWorkPosition(text: string | null): WorkPosition {
  return text === null ? { phase: 'pairs', after: null } : (JSON.parse(text) as WorkPosition)
}

/** The one that came less far. */
export function earlier(a: WorkPosition, b: WorkPosition): WorkPosition {
  if (a.phase !== b.phase) return a.phase === 'pairs' ? a : b
  return (a.after ?? '') <= (b.after ?? '') ? a : b
}

/** How far the comparison of a profile came: its claims by candidate id, then the slots under its keys, key by key. */
export type Position =
  | { readonly phase: 'claims'; readonly after: string | null }
  | { readonly phase: 'keys'; readonly place: number; readonly after: string | null }

export function parsePosition(text: string | null): Position {
  return text === null ? { phase: 'claims', after: null } : (JSON.parse(text) as Position)
}

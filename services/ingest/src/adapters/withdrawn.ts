/** What an adapter says of a record that was taken back. */
export const WITHDRAWN = { deleted: true, deletedBecause: 'withdrawn' } as const

const THING = 'paper|article|submission|manuscript|work|preprint|note|letter|report'
// "The earlier version", "Theorem 3", "the talk": what is taken back must be this text, and not from a conference.
const SAYS_SO = new RegExp(
  `\\b(?:this|the|our)\\s+(?:(?:present|current|entire|whole)\\s+)?(?:${THING})\\s+(?:has\\s+been|is|was)\\s+(?:\\w+\\s+)?withdrawn\\b(?!\\s+from\\s+(?!(?:the\\s+)?arxiv))`,
  'i',
)
const BEGINS_SO = new RegExp(
  `^\\W*(?:(?:${THING})\\s+)?(?:has\\s+been\\s+|is\\s+|was\\s+)?withdrawn\\b(?!\\s+from\\s+(?!(?:the\\s+)?arxiv))`,
  'i',
)

/** Whether authors say in a comment that they took their text back: "This paper has been withdrawn due to an error". */
export function saysWithdrawn(comment: string | undefined): boolean {
  return comment !== undefined && (SAYS_SO.test(comment) || BEGINS_SO.test(comment))
}

// How publishers mark the title of what stays behind.
const TAKEN_BACK = /^\W*(?:withdrawn|(?:temporary\s+)?removal|removed)\s*(?:article|paper)?\s*[:—–-]/i
const RETRACTED = /^\W*retracted\s*(?:article|paper)?\s*[:—–-]/i

/** What a publisher's mark before a title says of the work. */
export function markOf(title: string | undefined): 'withdrawn' | 'retracted' | undefined {
  if (title === undefined) return undefined
  return TAKEN_BACK.test(title) ? 'withdrawn' : RETRACTED.test(title) ? 'retracted' : undefined
}

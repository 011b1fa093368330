const MAX_LENGTH = 512

/** What may name a record, in a sentence. */
export const SOURCE_ID_RULE = `an id is text of 1 to ${MAX_LENGTH} characters on one line`

/** Whether a text can be the id that a source gives a record. */
export function isSourceId(text: string): boolean {
  return text !== '' && text.length <= MAX_LENGTH && text === text.trim() && !/\p{Cc}/u.test(text)
}

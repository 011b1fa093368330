const SYLLABLE =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:a|o|e|i|u|v|ai|ei|ao|ou|an|en|ang|eng|ong|ia|ie|iao|iu|ian|in|iang|ing|iong|ua|uo|uai|ui|uan|un|uang|ue|er)){1,2}$/

/**
 * Whether a word may be one or two syllables of romanised Chinese. There a name that begins another is another name
 * (Jian, Jianping), and one syllable stands for dozens of characters.
 */
export function mayBePinyin(word: string): boolean {
  return word.length <= 11 && SYLLABLE.test(word)
}

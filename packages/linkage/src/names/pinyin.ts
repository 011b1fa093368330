import { remembered } from './remembered.ts'

const SYLLABLES = [
  'b(?:[aou]|ai|ei|ao|an|en|ang|eng|i|iao|ie|ian|in|ing)',
  'p(?:[aou]|ai|ei|ao|ou|an|en|ang|eng|i|iao|ie|ian|in|ing)',
  'm(?:[aoue]|ai|ei|ao|ou|an|en|ang|eng|i|iao|ie|iu|ian|in|ing)',
  'f(?:[aou]|ei|ou|an|en|ang|eng)',
  '[dt](?:[aeu]|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|iao|ie|iu|ian|ing|uo|ui|uan|un)',
  '[nl](?:[aoeuv]|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|iao|ie|iu|ian|in|iang|ing|uo|uan|un|ue|ve)',
  '[gkh](?:[aeu]|ai|ei|ao|ou|an|en|ang|eng|ong|ua|uo|uai|ui|uan|un|uang)',
  '[jqx](?:[iuv]|ia|iao|ie|iu|ian|in|iang|ing|iong|ue|uan|un)',
  '(?:zh?|ch?|sh?|r)(?:[aeiu]|ai|ei|ao|ou|an|en|ang|eng|ong|ua|uo|uai|ui|uan|un|uang)',
  'y(?:[aoeiu]|ao|ou|an|ang|ong|in|ing|ue|uan|un)',
  'w(?:[aou]|ai|ei|an|en|ang|eng)',
  '(?:[aeo]|ai|ei|ao|ou|an|en|ang|er)',
]
const WORD = new RegExp(`^(?:${SYLLABLES.join('|')}){1,2}$`)

/**
 * Whether a word may be one or two syllables of romanised Chinese. There a name that begins another is another name
 * (Jian, Jianping), and one syllable stands for dozens of characters.
 */
export const mayBePinyin = remembered((word: string): boolean => word.length <= 11 && WORD.test(word))

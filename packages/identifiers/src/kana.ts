const VOWELS = ['a', 'i', 'u', 'e', 'o']
const ROWS: readonly (readonly [kana: string, syllables: string])[] = [
  ['あいうえお', 'a i u e o'],
  ['かきくけこ', 'ka ki ku ke ko'],
  ['がぎぐげご', 'ga gi gu ge go'],
  ['さしすせそ', 'sa shi su se so'],
  ['ざじずぜぞ', 'za ji zu ze zo'],
  ['たちつてと', 'ta chi tsu te to'],
  ['だぢづでど', 'da ji zu de do'],
  ['なにぬねの', 'na ni nu ne no'],
  ['はひふへほ', 'ha hi fu he ho'],
  ['ばびぶべぼ', 'ba bi bu be bo'],
  ['ぱぴぷぺぽ', 'pa pi pu pe po'],
  ['まみむめも', 'ma mi mu me mo'],
  ['やゆよ', 'ya yu yo'],
  ['らりるれろ', 'ra ri ru re ro'],
  ['わゐゑをん', 'wa i e o n'],
  ['ゔ', 'vu'],
]
const SYLLABLES: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(([kana, syllables]) => {
    const written = syllables.split(' ')
    return [...kana].map((letter, at): [string, string] => [letter, written[at] ?? ''])
  }),
)
const SMALL: Readonly<Record<string, string>> = {
  ゃ: 'ya',
  ゅ: 'yu',
  ょ: 'yo',
  ぁ: 'a',
  ぃ: 'i',
  ぅ: 'u',
  ぇ: 'e',
  ぉ: 'o',
}

/** Kana in Hepburn's romanisation without marks of length: たろう and タロー are taro, いのうえ is inoue. */
export function romaniseKana(text: string): string {
  const written: string[] = []
  let double = false
  for (const letter of hiragana(text)) {
    const small = SMALL[letter]
    if (small !== undefined) written.push(contract(written.pop() ?? '', small))
    else if (letter === 'っ') double = true
    else if (letter !== 'ー') {
      const syllable = SYLLABLES.get(letter) ?? ''
      written.push(double ? doubled(syllable) : syllable)
      double = false
    }
  }
  return withoutLength(written).replace(/n(?=[bmp])/g, 'm')
}

function hiragana(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u30a1-\u30f6]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60))
}

/** し and ゃ are sha, き and ゃ are kya, ふ and ぁ are fa. */
function contract(before: string, small: string): string {
  if (!small.startsWith('y')) return before.slice(0, -1) + small
  const onset = before.slice(0, -1)
  return /^(?:sh|ch|j)$/.test(onset) ? onset + small.slice(1) : onset + small
}

function doubled(syllable: string): string {
  return (syllable.startsWith('ch') ? 't' : (syllable[0] ?? '')) + syllable
}

/** An o or u that lengthens the one before it is left out; the u of いのうえ begins a syllable of its own. */
function withoutLength(syllables: readonly string[]): string {
  return syllables
    .filter((syllable, at) => {
      if (at === 0 || !VOWELS.includes(syllable)) return true
      const before = syllables[at - 1]?.at(-1)
      const lengthens = (syllable === 'u' && (before === 'o' || before === 'u')) || (syllable === 'o' && before === 'o')
      return !lengthens || syllables[at + 1] === 'e'
    })
    .join('')
}

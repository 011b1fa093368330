/** Words in which ae and ue are two sounds, though a consonant and more follow: Michaelis, Samuelson. */
const TWO_SOUNDS = /mi(?:ch|k)ael|ra(?:ph|f)ael|is[mr]ael|(?:man|mig|sam)uel/

/** Romanised Japanese, syllable by syllable: Ueno and Uno, Maeda and Mada are two names. */
const JAPANESE = /^(?:(?:[kgsztdnhbpmryjwf]|sh|ch|ts|[kgnhbpmr]y)?[aeiou]|n)+$/

/**
 * The e of ae, oe and ue where it may stand for two dots. Not after a vowel or q (Bauer, Quennell) and not in gue, but for
 * that of Guenther (Rodriguez, Guerin). At the end of a word only as in Schoen and Baer: Maes, de Boer, Noel, Baek and Suen
 * are other names than Mas, Bor, Nol, Bak and Sun.
 */
const DOTS = new RegExp(
  [
    /(?<=(?:^|[^aeiouyq])[ao])e(?=(?!ng$)[^aeiou].)/,
    /(?<=(?:^|[^aeiouyqg])u)e(?=(?!ng$)[^aeiou].)/,
    /(?<=^gu)e(?=[lmnt][^aeiou]|r[^aeiour])/,
    /(?<=(?:sch|[^aeiou][lr])[aou])e(?=n$)/,
    /(?<=(?:^|[^aeiouyq])[au])e(?=r$)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/**
 * A folded word with ae, oe and ue written a, o and u where they may stand for an umlaut: Mueller as Müller, whose dots
 * folding drops. For comparing only, never for showing. Flemish Maertens cannot be told from a German spelling of Märtens.
 */
export function oneUmlautSpelling(word: string): string {
  return word.includes('e') && !TWO_SOUNDS.test(word) && !JAPANESE.test(word) ? word.replace(DOTS, '') : word
}

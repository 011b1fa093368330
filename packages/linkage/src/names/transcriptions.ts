import { oneUmlautSpelling } from './umlauts.ts'

/** Romanised Japanese, syllable by syllable, lengthened vowels with h. */
const JAPANESE = /^(?:(?:[kgsztdnhbpmryjwf]|sh|ch|ts|[kgnhbpmr]y)?[aeiou](?:h(?![aeiou]))?|n|m(?=[bpm]))+$/
const SLAVIC =
  /(?:..[oe]v|..[oe]va|sk(?:iy?|ij|ii|yi|yy?|yj)|skaya|skaia|skaja|enko|....[iy]n|...ina|..chuk|..[iy]uk|..[oe]v[iy](?:t?ch|c))$/
const GREEK = /(?:p(?:ou|u)los|p(?:ou|u)lou|[aie][dk][ie]s|oglou)$/

const ABDUL = /^abd[aeou]{1,2}(?:l|r(?=r)|s(?=s)|n(?=n))(?=[a-z]{3})/

/** Spellings that are Korean names and nothing else; the others count beside a Korean given name only. */
const KOREAN: ReadonlyMap<string, string> = new Map([
  ['choe', 'choi'],
  ['gim', 'kim'],
  ['gwak', 'kwak'],
  ['gwon', 'kwon'],
  ['kweon', 'kwon'],
  ['jeong', 'jung'],
  ['joung', 'jung'],
  ['paik', 'baek'],
  ['rhee', 'lee'],
  ['rhie', 'lee'],
  ['suh', 'seo'],
])

/**
 * A folded family name as it is compared and looked up: one spelling of what comes from one name in another writing or
 * another habit of writing it in ASCII (Müller, Mueller; Aagaard, Ågård; Shchukin, Ščukin; Satoh, Sato). What is done to a
 * word hangs on this word alone, so a name with initials stays beside the one written out.
 */
export function familySpelling(word: string): string {
  // Nikolaeva, Dostoevsky: there ae and oe are two sounds.
  const plain = /[aou]ev(?:a$|sk)/.test(word) ? word : oneUmlautSpelling(word)
  const korean = KOREAN.get(plain)
  if (korean !== undefined) return korean
  if (SLAVIC.test(plain)) return slavic(plain)
  if (GREEK.test(plain)) return greek(plain)
  if (plain.length > 3 && JAPANESE.test(plain)) return japanese(plain)
  if (plain.endsWith('ic')) return plain.replace(/dj/g, 'd')
  return (
    KOREAN.get(plain) ??
    oneRing(plain)
      .replace(/^ly?v$|^lyu$/, 'lu')
      .replace(ABDUL, 'abdul')
  )
}

/** Å is Aa where the word is long enough to be no Maas or Haan. */
function oneRing(word: string): string {
  return word.includes('aa') ? word.replace(word.length > 4 ? /aa/g : /^aa/, 'a') : word
}

/** Russian, Ukrainian, Bulgarian and Serbian in English, French, German, ISO 9 and library spelling. */
function slavic(word: string): string {
  return word
    .replace(/schtsch|chtch|shch|stch/g, 'sc')
    .replace(/tsch|tch/g, 'c')
    .replace(/zh/g, 'z')
    .replace(/sh/g, 's')
    .replace(/ch/g, 'c')
    .replace(/kh/g, 'h')
    .replace(/t[sz]/g, 'c')
    .replace(/dj/g, 'd')
    .replace(/sk[iyj]{1,2}$/, 'ski')
    .replace(/ska[iyj]a$/, 'skaya')
    .replace(/ou/g, 'u')
    .replace(/x/g, 'ks')
    .replace(/[yij]+(?=[ua])/g, 'y')
    .replace(/[yij]+(?:e|o(?=v))/g, 'e')
    .replace(/(?<!^)[yj]/g, (letter, at, whole) =>
      at === whole.length - 1 || /[ua]/.test(whole[at + 1]) ? letter : 'i',
    )
}

function greek(word: string): string {
  return word
    .replace(/[kc]h/g, 'h')
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/ou/g, 'u')
    .replace(/[aie]u(?=[^aeiou])/g, (pair) => `${pair[0]}v`)
    .replace(/[eo]i|y/g, 'i')
    .replace(/ks/g, 'x')
    .replace(/gg|gk/g, 'g')
    .replace(/nt/g, 'd')
    .replace(/mp/g, 'b')
    .replace(/^c(?![hi])|c(?=[aou])/g, 'k')
    .replace(/ul(?:u|ou)$/, 'oulou')
    .replace(/ulos$/, 'oulos')
    .replace(/oglu$/, 'oglou')
}

/** Ohno and Oono are Ono, Satoh and Satou are Sato; m before b, p and m. */
function japanese(word: string): string {
  return oneRing(word)
    .replace(/^o[oh](?=[kstnmyrwgzdbp][aeiou])/, 'o')
    .replace(/(?<=[td])o[uh]$/, 'o')
    .replace(/n(?=[bpm])/g, 'm')
}

/**
 * A given name as it sounds, roughly: what is alike here may be one name in two transcriptions (Yuriy, Iurii; Stefan,
 * Stephan; Tarou, Taro). It only tells what is similar.
 */
export function soundOf(word: string): string {
  if (word.length < 3) return word
  const spelled = oneUmlautSpelling(word)
  const long = JAPANESE.test(spelled) ? spelled.replace(/ou/g, 'o') : spelled
  return (word.length > 4 ? long.replace(/(?<=[^aeiou][aou])e/g, '') : long)
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/dj/g, 'd')
    .replace(/kh/g, 'h')
    .replace(/sch|sh/g, 'sh')
    .replace(/t?[cs]h/g, (pair) => (pair === 'sh' ? pair : 'ch'))
    .replace(/ck|c(?![ehiy])|q(?:u(?=[ei]))?/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/w/g, 'v')
    .replace(/oo|ou|uu/g, 'u')
    .replace(/ee/g, 'i')
    .replace(/aa/g, 'a')
    .replace(/(?<=[aeiou])h(?=[^aeiou]|$)/g, '')
    .replace(/n(?=[bp])/g, 'm')
    .replace(word.length > 3 ? /[yij]+(?=[ua])/g : /[yi]+(?=[ua])/g, 'i')
    .replace(/^[yij]+e/, 'e')
    .replace(/(?<=[ae])[iyj]+$/g, 'i')
    .replace(/[iyj]{2}|[yj]/g, 'i')
    .replace(/iio?/g, 'i')
    .replace(/([a-z])\1/g, '$1')
}

/** Whether a spelled family name has the ending of a Slavic one. */
export function isSlavic(family: string): boolean {
  return SLAVIC.test(family)
}

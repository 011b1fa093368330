import { ourWord } from './mapping.ts'

// ISO 639-2 codes (bibliographic and terminological) of the languages that PubMed and BASE use, to BCP 47.
const SHORT: Readonly<Record<string, string>> = {
  afr: 'af', alb: 'sq', ara: 'ar', arm: 'hy', aze: 'az', baq: 'eu', bel: 'be', bos: 'bs', bul: 'bg', cat: 'ca', chi: 'zh', cze: 'cs',
  ces: 'cs', dan: 'da', deu: 'de', dut: 'nl', ell: 'el', eng: 'en', epo: 'eo', est: 'et', fas: 'fa', fin: 'fi', fra: 'fr', fre: 'fr',
  geo: 'ka', ger: 'de', gle: 'ga', glg: 'gl', gre: 'el', heb: 'he', hin: 'hi', hrv: 'hr', hun: 'hu', ice: 'is', ind: 'id', ita: 'it',
  jpn: 'ja', kat: 'ka', kor: 'ko', lat: 'la', lav: 'lv', lit: 'lt', mac: 'mk', may: 'ms', nld: 'nl', nor: 'no', per: 'fa', pol: 'pl',
  por: 'pt', ron: 'ro', rum: 'ro', rus: 'ru', scc: 'sr', scr: 'hr', slo: 'sk', slv: 'sl', spa: 'es', srp: 'sr', swe: 'sv', tha: 'th',
  tur: 'tr', ukr: 'uk', vie: 'vi', wel: 'cy', zho: 'zh',
} // biome-ignore format: a table

/** BCP 47 of a language code as sources give it; undefined for none, "undetermined" and what is no code. */
export function parseLanguage(raw: string | undefined): string | undefined {
  const code = raw?.trim().replace('_', '-').toLowerCase()
  if (code === undefined || code === '' || code === 'und' || code === 'mul') return undefined
  const [primary = '', ...rest] = code.split('-')
  if (!/^[a-z]{2,3}$/.test(primary)) return undefined
  const region = rest.find((part) => /^[a-z]{2}$/.test(part))
  return [ourWord(SHORT, primary) ?? primary, ...(region === undefined ? [] : [region.toUpperCase()])].join('-')
}

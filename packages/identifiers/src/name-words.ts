/** Words that stand before a family name and may be left out: van der Berg is filed under Berg. */
export const PARTICLES: ReadonlySet<string> = setOf(
  'af al el av bin bint ibn da das de dela del della dei degli den der di do dos du la las le les lo los t te ten ter ' +
    'van vande vander ver von vom zu zum zur und zur',
)
/** Between two family names: Ortega y Gasset, Puig i Cadafalch, Costa e Silva. In small letters only. */
export const CONJUNCTIONS: ReadonlySet<string> = setOf('y e i')
/** Words that are one with the word behind them: Mc Donald, San Martín, Abdul Rahman. */
const PREFIXES = setOf('mc mac fitz st ste saint sainte san santa abd abdul abdel abu abou ben o')

const SUFFIXES: Readonly<Record<string, string>> = {
  jr: 'jr',
  junior: 'jr',
  fils: 'jr',
  filho: 'jr',
  sr: 'sr',
  senior: 'sr',
  ii: 'ii',
  '2nd': 'ii',
  iii: 'iii',
  '3rd': 'iii',
  iv: 'iv',
  '4th': 'iv',
  neto: 'neto',
  sobrinho: 'sobrinho',
}

/** Suffixes that are also entered as the family name: Neto, J. S. */
const PORTUGUESE = setOf('filho neto sobrinho junior')

const GROUP = new RegExp(
  `(?:^| )(?:${[
    'collaborations? consorti(?:um|a|o) groups? groupe grupo gruppe arbeitsgruppe teams? equipe equipo committee comite',
    'society societe association asociacion institut(?:e|o|es)? universit(?:y|e|at|ad|a) universidade? network initiative',
    'investigators collaborators ministry ministere ministerio department foundation laborator(?:y|ies) organi[sz]ation',
    'commission taskforce federation gmbh',
  ]
    .join(' ')
    .split(' ')
    .join('|')})(?: |$)`,
)

const TITLE =
  /^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.?(?:-Ing\.)?|(?:dr|prof|Rev|Hon|Ing|Dipl|habil|med|nat|rer|h\.c)\.|Dipl\.-\p{L}+\.?)$/u
const DEGREE =
  /[,\s]+(?:Ph\.?\s?D|D\.?\s?Phil|Dr\.?\s?PH|[MD]Sc|Esq|(?:M\.?D|MBBS|MPH|MBA)(?=[,\s]+Ph\.?\s?D))\.?(?=,|\s|$)/gu

/** What every name of a group has one of; a person's name may have it too. */
const MAY_BE_GROUP =
  /co(?:ll|ns|mm|mi)|gr[ou]u?p|team|quip|soci|inst|univ|netw|init|vesti|mini|depar|found|labo|organ|task|feder|gmbh/i

/** Whether a folded name is that of a group: The ATLAS Collaboration. One word alone may be a person's. */
export function isGroup(folded: string): boolean {
  return folded.includes(' ') && GROUP.test(folded)
}

export function isPrefix(folded: string): boolean {
  return PREFIXES.has(folded)
}

/** `jr`, `sr`, `ii` … for a suffix in whatever spelling; undefined for another word. */
export function suffixOf(folded: string): string | undefined {
  return Object.hasOwn(SUFFIXES, folded) ? SUFFIXES[folded] : undefined
}

export function isPortugueseSuffix(folded: string): boolean {
  return PORTUGUESE.has(folded)
}

/** Without titles before and degrees behind, as long as something is left. */
export function withoutTitles(text: string): string {
  const words = text.replace(DEGREE, '').split(/\s+/u)
  let from = 0
  while (from < words.length - 1 && TITLE.test(words[from] ?? '')) from += 1
  return from === words.length ? text : words.slice(from).join(' ')
}

/** Whether it is worth folding a name to see whether it is that of a group. */
export function mayBeGroup(text: string): boolean {
  return MAY_BE_GROUP.test(text)
}

/** Whether a title or a degree may be in it: most names are spared the search. */
export function mayHaveTitle(text: string): boolean {
  return /^(?:D[ra]|Prof|M[rs]|Sir|Dame|dr|prof|Rev|Hon|Ing|Dipl)|[,\s](?:Ph|D\.?\s?Ph|Dr|[MD]Sc|Esq)/u.test(text)
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

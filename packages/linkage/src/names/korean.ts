/** Spellings of one Korean syllable, the first of a row standing for all: 수 is su and soo, 준 is jun, joon and chun. */
const SYLLABLES: ReadonlyMap<string, string> = new Map(
  (
    'a ah|ae|an ahn|beom bum pum pom|bin|bo|bok pok|bong pong|byeong byung byoung pyong|cha|chae|chan|chang|cheol chul chol|' +
    'cheon|chi|chun|dae tae|deok duk tok|do|dong tong|du doo|eun un|eung|ga|gang kang|geon gun kun kon geun keun|gi ki kee|' +
    'gil kil|gon|gu goo ku koo|guk kuk kook|gwan kwan|gwang kwang|gyeong kyung kyeong kyong kyoung gyung|gyu kyu|ha hah|hae|' +
    'hak|han|heon hun hon hoon|heung|ho|hong|hui hee hi heui|hwa|hwan|hwi|hye hae|hyeok hyuk hyok|hyeon hyun hyon hyoun|' +
    'hyeong hyung hyoung|hyo|il|im|in|ja|jae jai|jang|je|jeong jung joung chung chong|jeon|ji jee chi|jin chin|jo|jong|' +
    'ju joo choo chu|jun joon june|kyo|man|mi mee|min|mo|mok|mu moo|mun moon|myeong myung myong myoung|na nah|nam|no noh|' +
    'o oh|ok ock|ra la|rae|ran|ryeol ryul|ryong|rim lim|rin|sang|seo suh|seok suk sok sook seog|seol sul|seon sun son|' +
    'seong sung song|seung|si|sik shik|sil|sim shim|sin shin|so|soon|su soo|taek taik|tak|tai|ui|uk wook ook|ung woong|' +
    'won|woo u wu|ye|yeol yul|yeon yun youn yon yoon|yeong young yung|yeop yup yub|yo|yong|yu yoo you|yi'
  )
    .split('|')
    .flatMap((row) => {
      const spellings = row.split(' ')
      return spellings.map((spelling): [string, string] => [spelling, spellings[0] ?? spelling])
    }),
)

/**
 * Two Korean syllables, one spelling of each: minsu for Min-Soo and Minsoo; empty for any other word. What may be cut in
 * two ways is cut after the longer first syllable.
 */
export function koreanGiven(word: string): string {
  if (word.length < 3 || word.length > 12) return ''
  for (let at = Math.min(word.length - 1, 6); at > 0; at--) {
    const first = SYLLABLES.get(word.slice(0, at))
    const second = first === undefined ? undefined : SYLLABLES.get(word.slice(at))
    if (first !== undefined && second !== undefined) return first + second
  }
  return ''
}

/** Spellings of one Korean family name. Most are also names of other peoples: they count beside a Korean given name only. */
const FAMILIES: ReadonlyMap<string, string> = new Map(
  (
    'kim gim ghim|lee yi rhee rhie ri li rhi|park bak pak bahk|choi choe choy|jung jeong chung cheong joung chong|kang gang|cho jo|' +
    'yoon yun youn|jang chang|lim im rim yim|oh o|seo suh su so|shin sin|kwon gwon kweon|hwang whang|ahn an|song|' +
    'jeon jun chun jhun|yoo yu you ryu lyu ryoo|ko koh go goh|moon mun|yang ryang|son sohn|bae pae bai|baek paik baik back paek|' +
    'heo hur huh her hu|noh no roh rho|nam|shim sim|ha hah|kwak gwak|sung seong|joo ju choo chu|woo wu u|koo ku gu goo|' +
    'min|na ra rha|jin chin|ji chi jee|eom um uhm|won|chae|kong gong|hyun hyeon|byun byeon pyun|yeom yum|seok suk sok|' +
    'keum geum|maeng|je|tak|kook guk|do doh|noh'
  )
    .split('|')
    .flatMap((row) => {
      const spellings = row.split(' ')
      return spellings.map((spelling): [string, string] => [spelling, spellings[0] ?? spelling])
    }),
)

/** The name that this family name is a spelling of, if it is Korean; else empty. */
export function koreanFamily(family: string): string {
  return FAMILIES.get(family) ?? ''
}

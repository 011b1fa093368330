import type { Random } from '@atlas/testing/world'
import { type Skew, skewOf } from './skew.ts'
import { onsetOf, wordOf } from './words.ts'

export interface MadeName {
  readonly family: string
  /** Given names in order; one with a hyphen is written in one word by others. */
  readonly given: readonly string[]
}

/** A part of the world in which names are given alike. */
export interface Naming {
  readonly name: string
  /** Of all people who publish. */
  readonly share: number
  draw(random: Random): MadeName
}

const CHINESE =
  'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han feng deng cao ' +
  'peng zeng xiao tian dong yuan pan yu jiang cai du ye cheng su wei lv ding ren shen yao lu cui zhong tan fan jin shi liao jia xia ' +
  'fu fang bai zou meng xiong qin qiu yin xue yan duan lei hou long tao gu mao hao gong shao wan qian dai'
const CHINESE_GIVEN =
  'wei jun yan jing li ming hui xin yu jie ying hong xiao lei yang hao bo chao bin feng peng jian ping hua tao qiang yi fang na chen ' +
  'dan kai lin long qing rui shan shu ting wen xiang xu yong yuan yue zhi zhen bing cheng dong fei gang guo hai han heng jia jin juan ' +
  'kun lan liang ling lu mei meng miao min nan ning qi qian qin quan rong shi shuai song wan xia xing xue ya yao ye yun ze zhao zhe ' +
  'zheng zhong zi zhu'
const KOREAN =
  'kim lee park choi jung kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong jeon ko moon yang son bae baek heo yoo nam'
const KOREAN_GIVEN =
  'ji min seung hyun jun young sung jae woo kyung hee jin soo ho seo yeon eun mi dong hwan sang won tae su bin gyu chan kyu yong hye'

/**
 * Shares as in the bylines of the last decades, between those of medicine (a seventh Chinese names) and of computing (four
 * in ten). Exponents and offsets by hand from: five family names borne by three Chinese in ten and a hundred by 85 of a
 * hundred (Ministry of Public Security, 2007); Kim, Lee and Park by 45 Koreans in a hundred (Statistics Korea, 2015);
 * the commonest hundred names borne by one American in six and the thousand by two in five (Census Bureau, 2010), less
 * where many countries meet; the commonest given names by one in a hundred.
 */
export const NAMINGS: readonly Naming[] = [
  syllabic({
    name: 'chinese',
    share: 0.25,
    families: CHINESE,
    skew: [1, 2.5],
    tail: 0.12,
    given: CHINESE_GIVEN,
    single: 0.22,
    joined: 0.85,
  }),
  syllabic({
    name: 'korean',
    share: 0.04,
    families: KOREAN,
    skew: [1.35, 0.3],
    tail: 0.05,
    given: KOREAN_GIVEN,
    single: 0.02,
    joined: 0.4,
  }),
  lettered({ name: 'japanese', share: 0.06, families: [20_000, 0.9, 6], given: [1_200, 0.8, 8], middle: 0 }),
  lettered({ name: 'indian', share: 0.08, families: [20_000, 1.05, 4], given: [4_000, 0.8, 8], middle: 0.15 }),
  lettered({ name: 'western', share: 0.57, families: [200_000, 0.8, 10], given: [3_000, 0.9, 5], middle: 0.4 }),
]

interface Syllabic {
  readonly name: string
  readonly share: number
  readonly families: string
  readonly skew: readonly [exponent: number, offset: number]
  /** Share of those with a rare family name. */
  readonly tail: number
  readonly given: string
  /** Share of given names of one syllable, and of those of two that are written in one word. */
  readonly single: number
  readonly joined: number
}

function syllabic(of: Syllabic): Naming {
  const [families, syllables] = [of.families.split(' '), of.given.split(' ')]
  const family = skewOf(families.length, ...of.skew)
  const rare = skewOf(400, 0.8, 5)
  const syllable = skewOf(syllables.length, 0.55, 4)
  const drawn = (random: Random) => syllables[syllable(random)] ?? ''
  return {
    name: of.name,
    share: of.share,
    draw(random) {
      const name = random.chance(of.tail) ? wordOf(rare(random), 'q') : (families[family(random)] ?? '')
      const first = drawn(random)
      if (random.chance(of.single)) return { family: name, given: [first] }
      const second = drawn(random)
      return { family: name, given: [random.chance(of.joined) ? first + second : `${first}-${second}`] }
    },
  }
}

interface Lettered {
  readonly name: string
  readonly share: number
  readonly families: readonly [size: number, exponent: number, offset: number]
  readonly given: readonly [size: number, exponent: number, offset: number]
  /** Share of people with a middle initial. */
  readonly middle: number
}

function lettered(of: Lettered): Naming {
  const [family, given]: readonly Skew[] = [skewOf(...of.families), skewOf(...of.given)]
  const start = of.name.slice(0, 1)
  return {
    name: of.name,
    share: of.share,
    draw(random) {
      const rank = family?.(random) ?? 0
      const first = givenOf(given?.(random) ?? 0, start)
      const middle = random.chance(of.middle) ? [givenOf(given?.(random) ?? 0, start).slice(0, 1)] : []
      return { family: wordOf(rank, onsetOf(rank) + start), given: [first, ...middle] }
    },
  }
}

// Given names begin with J, M, A or S as often as with all other letters together.
const FIRST_LETTERS = 'jjjjmmmmaaaasssscccdddrrkkllpttbeghnfvwoiyz'

function givenOf(rank: number, start: string): string {
  return wordOf(rank, (FIRST_LETTERS[(rank * 7_919) % FIRST_LETTERS.length] ?? 'a') + onsetOf(rank) + start)
}

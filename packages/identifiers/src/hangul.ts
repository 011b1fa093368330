import { pairsOf } from './pairs.ts'

const INITIALS = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
const VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
const FINALS = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')
const FIRST = 0xac00
const LAST = 0xd7a3

/** Each syllable in Revised Romanization, letter for letter: 민수 is min su. */
export function hangulSyllables(text: string): readonly string[] {
  return [...text.normalize('NFC')].flatMap((syllable) => {
    const at = (syllable.codePointAt(0) ?? 0) - FIRST
    if (at < 0 || at > LAST - FIRST) return []
    const [initial, vowel, final] = [Math.floor(at / 588), Math.floor((at % 588) / 28), at % 28]
    return [`${INITIALS[initial] ?? ''}${VOWELS[vowel] ?? ''}${FINALS[final] ?? ''}`]
  })
}

/** Korean family names as most of their bearers write them, which is seldom as the rules have it. */
export const KOREAN_FAMILY_NAMES: Readonly<Record<string, string>> = pairsOf(
  '김 kim 이 lee 리 lee 박 park 최 choi 정 jung 강 kang 조 cho 윤 yoon 장 jang 임 lim 림 lim 한 han 오 oh 서 seo 신 shin ' +
    '권 kwon 황 hwang 안 ahn 송 song 전 jeon 홍 hong 유 yoo 류 ryu 고 ko 문 moon 양 yang 손 son 배 bae 백 baek 허 heo 노 noh ' +
    '남 nam 심 shim 하 ha 곽 kwak 성 sung 차 cha 주 joo 우 woo 구 koo 민 min 나 na 진 jin 지 ji 엄 um 원 won 채 chae 천 chun ' +
    '방 bang 공 kong 현 hyun 함 ham 변 byun 염 yeom 석 seok 선 sun 설 seol 마 ma 길 gil 연 yeon 위 wi 표 pyo 명 myung 기 ki ' +
    '반 ban 왕 wang 금 keum 옥 ok 육 yook 인 in 맹 maeng 제 je 모 mo 탁 tak 국 kook 여 yeo 어 eo 은 eun 편 pyun 도 do 용 yong ' +
    '남궁 namgung 황보 hwangbo 제갈 jegal 선우 sunwoo 사공 sagong 서문 seomun 독고 dokgo',
)

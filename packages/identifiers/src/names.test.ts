import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compatibleNames, type NameLevel } from './compatible-names.ts'
import { familyAndInitial, nameKeys } from './name-keys.ts'
import { foldName, type NameAsGiven, parsePersonalName } from './names.ts'
import { foldTitle, titleTokens } from './text.ts'

// Mention keys are made of these results: a row that changes is a break of every stored key.
describe('foldName is stable for ever', () => {
  it.each([
    ['Ricardo Bayón', 'ricardo bayon'],
    ['BAYÓN, Ricardo', 'bayon ricardo'],
    ["Conor O'Brien", 'conor obrien'],
    ['Conor O’Brien', 'conor obrien'],
    ['J.-M. Dupont', 'j m dupont'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['Straße Æsop Øre Þór', 'strasse aesop ore thor'],
    ['Ｊａｎ ﬁeld', 'jan field'],
    ['e\u0301mile', 'emile'],
    ['\u202eJohn\u200b Smith\u00ad', 'john smith'],
    ['Игорь Фёдоров', 'igor fedorov'],
    ['张伟', 'zhangwei'],
    ['김민수', 'gimminsu'],
    ['Νίκος Παπαδόπουλος', 'nikos papadopoylos'],
    ['', ''],
    ['...', ''],
  ])('%j -> %j', (name, folded) => expect(foldName(name)).toBe(folded))

  it('is idempotent and plain on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldName(text)
        expect(folded).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/)
        expect(foldName(folded)).toBe(folded)
      }),
    )
  })
})

const shown = (as: NameAsGiven) => {
  const { given, particles, family, suffix } = parsePersonalName(as)
  return `${given.join(' ')} | ${particles.join(' ')} | ${family.join(' ')} | ${suffix ?? ''}`
}

describe('parsePersonalName', () => {
  it.each<[NameAsGiven, string]>([
    [{ name: 'Jean Dupont' }, 'jean |  | dupont | '],
    [{ name: 'Dupont, Jean' }, 'jean |  | dupont | '],
    [{ name: 'Dupont, J.-M.' }, 'j m |  | dupont | '],
    [{ name: 'Dupont JM' }, 'j m |  | dupont | '],
    [{ name: 'DUPONT Jean' }, 'jean |  | dupont | '],
    [{ name: 'Jean DUPONT' }, 'jean |  | dupont | '],
    [{ name: 'JEAN DUPONT' }, 'jean |  | dupont | '],
    [{ name: 'Jean-Pierre Dupont' }, 'jean pierre |  | dupont | '],
    [{ name: 'Johannes D. van der Waals' }, 'johannes d | van der | waals | '],
    [{ name: 'van der Waals, Johannes' }, 'johannes | van der | waals | '],
    [{ name: 'Martin Luther King Jr.' }, 'martin luther |  | king | jr'],
    [{ name: 'King, Martin Luther, Jr.' }, 'martin luther |  | king | jr'],
    [{ name: 'Martin King, III' }, 'martin |  | king | iii'],
    [{ given: 'Ludwig van', family: 'Beethoven' }, 'ludwig | van | beethoven | '],
    [{ given: 'Charles', family: 'de la Vallée Poussin' }, 'charles | de la | vallee poussin | '],
    [{ given: 'JM', family: 'Smith' }, 'j m |  | smith | '],
    [{ given: 'JO', family: 'SMITH' }, 'jo |  | smith | '],
    [{ given: 'Wei', family: 'Zhang' }, 'wei |  | zhang | '],
    [{ given: 'Van', family: 'Le' }, 'van |  | le | '],
    [{ given: null, family: 'Dupont, Jean' }, 'jean |  | dupont | '],
    [{ name: 'John E. Smith' }, 'john e |  | smith | '],
    [{ name: 'JOHN A SMITH' }, 'john a |  | smith | '],
    [{ name: 'SMITH JA' }, 'j a |  | smith | '],
    [{ name: 'SMITH, JA' }, 'j a |  | smith | '],
    [{ name: 'Smith JA Jr' }, 'j a |  | smith | jr'],
    [{ name: 'Smith JA 3rd' }, 'j a |  | smith | iii'],
    [{ given: 'John A. III', family: 'Smith' }, 'john a |  | smith | iii'],
    [{ name: 'VAN DER BERG J' }, 'j | van der | berg | '],
    [{ name: 'LI J' }, 'j |  | li | '],
    [{ name: 'Yves LE GALL' }, 'yves | le | gall | '],
    [{ name: 'LE GALL Yves' }, 'yves | le | gall | '],
    [{ name: 'MARTIN ROSS' }, 'martin |  | ross | '],
    [{ name: 'Huber Chr.' }, 'c |  | huber | '],
    [{ name: 'Shcherbakov Yu. A.' }, 'y a |  | shcherbakov | '],
    [{ given: 'Jp', family: 'Martin' }, 'j p |  | martin | '],
    [{ name: 'José Ortega y Gasset' }, 'jose |  | ortega gasset | '],
    [{ name: 'Pereira da Silva, João' }, 'joao |  | pereira silva | '],
    [{ name: 'João Silva Neto' }, 'joao |  | silva | neto'],
    [{ name: 'Neto, João Silva' }, 'joao |  | silva | neto'],
    [{ name: 'Robert St. John' }, 'robert |  | saint john | '],
    [{ name: 'Alice Mc Donald' }, 'alice |  | mc donald | '],
    [{ name: 'Omar Abd al-Rahman' }, 'omar |  | abdul rahman | '],
    [{ name: 'Anna Schmidt (née Müller)' }, 'anna |  | schmidt muller | '],
    [{ name: 'Prof. Dr. Ines Falk' }, 'ines |  | falk | '],
    [{ name: 'Falk, Ines, PhD' }, 'ines |  | falk | '],
    [{ name: 'Wei Wang (王伟)' }, 'wei |  | wang | '],
    [{ name: 'The ATLAS Collaboration' }, ' |  | atlas collaboration | '],
    [{ name: 'Иванов Иван Петрович' }, 'ivan petrovich |  | ivanov | '],
    [{ name: 'Иванов И. П.' }, 'i p |  | ivanov | '],
    [{ name: 'Щербаков Ю. А.' }, 'y a |  | shcherbakov | '],
    [{ name: 'Григорій Шевченко' }, 'hryhoriy |  | shevchenko | '],
    [{ name: 'Νίκος Παπαδόπουλος' }, 'nikos |  | papadopoulos | '],
    [{ name: 'Ευάγγελος Μπουρνάζος' }, 'evangelos |  | bournazos | '],
    [{ name: 'محمد عبد الله' }, 'mohammed |  | abdullah | '],
    [{ name: 'فاطمة الزهراني' }, 'fatima | al | zahrani | '],
    [{ name: '歐陽修' }, 'xiu |  | ouyang | '],
    [{ name: '曾国藩' }, 'guo fan |  | zeng | '],
    [{ name: '田中太郎' }, ' |  | tanaka | '],
    [{ name: 'たなか たろう' }, 'taro |  | tanaka | '],
    [{ name: 'いのうえ じゅんいち' }, 'junichi |  | inoue | '],
    [{ name: 'ジョン・スミス' }, 'jon |  | sumisu | '],
    [{ name: '김민수' }, 'min su |  | kim | '],
    [{ name: '남궁민수' }, 'min su |  | namgung | '],
    [{ given: '민수', family: '김' }, 'min su |  | kim | '],
    [{ given: 'Taro', family: '田中' }, 'taro |  | tanaka | '],
    [{ name: 'Plato' }, ' |  | plato | '],
    [{ name: '张伟' }, 'wei |  | zhang | '],
    [{ name: '' }, ' |  |  | '],
    [{}, ' |  |  | '],
  ])('%j -> %s', (as, expected) => expect(shown(as)).toBe(expected))

  it('never throws, keeps initials and given names in step', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 60 }), { nil: null })
    fc.assert(
      fc.property(fc.record({ name: text, given: text, family: text, suffix: text }), (as) => {
        const name = parsePersonalName(as)
        expect(name.initials).toBe(name.given.map((token) => token[0]).join(''))
        expect(nameKeys(name).length).toBeLessThanOrEqual(6)
        if (name.family.length > 0) expect(familyAndInitial(name)).toBeDefined()
      }),
    )
  })

  it('takes 1,000 initials and 50,000 of any character', () => {
    expect(parsePersonalName({ name: `${'J. '.repeat(1000)}Smith` }).given.length).toBeGreaterThan(100)
    for (const unit of ['a', '(', ',', ' ', '.', '-', 'J', "O'", '"', '\u0301']) {
      expect(() => parsePersonalName({ name: unit.repeat(50_000) })).not.toThrow()
      expect(() => foldTitle(unit.repeat(50_000))).not.toThrow()
    }
  })
})

describe('compatibleNames', () => {
  it.each<[string, string, NameLevel]>([
    ['Dupont, Jean', 'Jean Dupont', 'identical'],
    ['Dupont, Jean-Marie', 'Jean Marie Dupont', 'identical'],
    ['Dupont, J', 'J. Dupont', 'identical'],
    ['Dupont, Jean', 'Dupont, Jean M.', 'same_full_given'],
    ['Wang, Xiaoming', 'Wang, Xiao-Ming', 'same_full_given'],
    ['Dupont, J', 'Dupont, Jean', 'initials_match'],
    ['Dupont, J', 'Dupont, J M', 'initials_match'],
    ['Dupont, Pierre', 'Dupont, Jean Pierre', 'initials_match'],
    ['Smith, Alex', 'Smith, Alexander', 'given_prefix'],
    ['Zhang, Wei', 'Wei, Zhang', 'swapped'],
    ['van der Waals, J', 'Waals, J', 'identical'],
    ['Vanderwaals, J', 'van der Waals, J', 'identical'],
    ['García, Ana', 'García Márquez, Ana', 'identical'],
    ['Dupont, Jean', 'Dupont, Paul', 'conflicting_given'],
    ['Dupont, Jean A', 'Dupont, Jean B', 'conflicting_given'],
    ['Smith, William', 'Smith, Bill', 'conflicting_given'],
    ['Dupont, Jean', 'Durand, Jean', 'different_family'],
    ['Dupont', 'Dupont, Jean', 'unknown'],
    ['', 'Dupont, Jean', 'unknown'],
  ])('%s ~ %s: %s', (a, b, level) => {
    expect(compatibleNames(parsePersonalName({ name: a }), parsePersonalName({ name: b }))).toBe(level)
  })

  it('is symmetric, and every name with a given part is identical to itself', () => {
    const token = fc.constantFrom('j', 'jean', 'jm', 'marie', 'm', 'dupont', 'van', 'wei', 'zhang', 'alex', 'alexander')
    const name = fc
      .tuple(fc.array(token, { maxLength: 3 }), fc.array(token, { maxLength: 2 }))
      .map(([given, family]) => parsePersonalName({ given: given.join(' '), family: family.join(' ') }))
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compatibleNames(a, b)).toBe(compatibleNames(b, a))
        if (a.family.length > 0 && a.given.length > 0) expect(compatibleNames(a, a)).toBe('identical')
      }),
    )
  })
})

it.each([
  ['The “Effects” of CO₂ on naïve cells', ['the', 'effects', 'of', 'co2', 'on', 'naive', 'cells']],
  ['  ', []],
])('titleTokens(%j)', (title, tokens) => expect(titleTokens(title)).toEqual(tokens))

it.each([
  [{ name: 'Johannes van der Waals' }, 'waals j', ['waals j', 'vanderwaals j', 'johannes w']],
  [{ name: 'García Márquez, Gabriel' }, 'garciamarquez g', ['garciamarquez g', 'garcia g', 'marquez g', 'gabriel g']],
  [{ name: 'Plato' }, 'plato', ['plato']],
])('keys of %j', (as, coarse, keys) => {
  expect(familyAndInitial(parsePersonalName(as))).toBe(coarse)
  expect(nameKeys(parsePersonalName(as))).toEqual(keys)
})

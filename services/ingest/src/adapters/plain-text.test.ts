import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUneven, plainText } from './plain-text.ts'

const math = (inside: string) => `<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">${inside}</mml:math>`

describe('plainText', () => {
  it.each([
    ['  two \n words ', 'two words'],
    ['<i>Annual Reports</i> of a Society', 'Annual Reports of a Society'],
    ['Water Forum — 5 <sup>th</sup> time', 'Water Forum — 5 th time'],
    ['HfO<sub>2</sub> on graphene', 'HfO2 on graphene'],
    ['<p>One.</p><p>Two.</p>', 'One. Two.'],
    ['One<br/>two', 'One two'],
    // Sources leave out the spaces around words in italics, and formulas.
    ['between<i>Chlamydia</i>Infection and', 'between Chlamydia Infection and'],
    ['Ant,<i>Melophorus bagoti</i>Lubbock (X)', 'Ant,Melophorus bagoti Lubbock (X)'],
    ['the <i>p</i>H of <i>N</i>-methyl', 'the pH of N-methyl'],
    [
      `Endpoints in${math('<mml:mrow><mml:mi>T</mml:mi>\n <mml:mn>0</mml:mn></mml:mrow>')}-Spaces`,
      'Endpoints in T0-Spaces',
    ],
    [`Order with${math('<mml:mi>L</mml:mi><mml:mn>1</mml:mn>')}Data`, 'Order with L1 Data'],
    [
      math(
        '<mml:semantics><mml:mi>x</mml:mi><mml:annotation encoding="application/x-tex">\\x</mml:annotation></mml:semantics>',
      ),
      'x',
    ],
    ['<jats:title>Abstract</jats:title><jats:p>Text &amp; more</jats:p>', 'Abstract Text & more'],
    ['Theory &amp; Practice', 'Theory & Practice'],
    ['Theory &amp;amp; Practice', 'Theory & Practice'],
    ['&lt;i&gt;In vitro&lt;/i&gt; study', 'In vitro study'],
    ['&amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;', '2'],
    ['caf&eacute; &#233; &#xE9;&nbsp;x', 'café é é x'],
    ['<![CDATA[A & B]]>', 'A & B'],
    ['<!-- x -->A', 'A'],
    ['A<script>alert(1)</script>B', 'AB'],
    // What is not markup stays.
    ['x < 0.11 and y > 2', 'x < 0.11 and y > 2'],
    ['p<0.05', 'p<0.05'],
    ['a<b', 'a<b'],
    ['a <b and c> d', 'a <b and c> d'],
    ['a<b<i>x</i>', 'a<bx'],
    ['B --> K*gamma', 'B --> K*gamma'],
    ['XeF[C --> A]', 'XeF[C --> A]'],
    ['gamma^*gamma->jets', 'gamma^*gamma->jets'],
    ['The <Value> of <S>-forms', 'The <Value> of <S>-forms'],
    ['AT&T, R&D; &unknown;', 'AT&T, R&D; &unknown;'],
    ['$x<y$ & \\alpha', '$x<y$ & \\alpha'],
    ['', ''],
  ])('%j -> %j', (text, plain) => expect(plainText(text)).toBe(plain))

  it('leaves text without brackets and ampersands alone, never throws, and leaves no tag that it knows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const calm = text.replace(/[<&]/g, '')
        expect(plainText(calm)).toBe(calm.replace(/\s+/gu, ' ').trim())
      }),
    )
    const piece = fc.constantFrom(
      '<i>',
      '</i>',
      '<sub>',
      '</sub>',
      '<b',
      '>',
      '&amp;',
      '&lt;',
      'x',
      ' ',
      '<mml:mi>',
      '</mml:math>',
      '<x y="',
      '/>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(plainText(pieces.join(''))).not.toMatch(/<\/?(?:i|sub|mml:mi)>/)
      }),
    )
  })

  it('takes for text what would be open a thousand deep, and tags side by side as ever', () => {
    expect(plainText(`${'<i>'.repeat(4000)}x`)).toBe(`${'<i>'.repeat(1000)}x`)
    expect(plainText(`${'<br>'.repeat(4000)}x`)).toBe('x')
    expect(plainText('<sub>x</sub>'.repeat(4000))).toBe('x'.repeat(4000))
  })

  it.each(['<', '&', '<i>', '&lt;', '<b ', '</i>', '<x>'])('takes 50,000 of %j', (unit) => {
    expect(() => plainText(unit.repeat(50_000))).not.toThrow()
  })
})

it('white space is looked for in one walk as a regular expression finds it', () => {
  const spaces = fc.constantFrom(
    ' ',
    '  ',
    '\n',
    '\t',
    '\v',
    '\f',
    '\r',
    '\0',
    '\x1f',
    '\u0085',
    '\u00a0',
    '\u2003',
    '\u3000',
  )
  const pieces = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'é', 'word', ' b', 'c ') }, spaces))
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('')
      expect(isUneven(text)).toBe(/^ | $| {2}|[^\S ]/u.test(text))
    }),
    { numRuns: 2_000 },
  )
})

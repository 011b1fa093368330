import { describe, expect, it } from 'vitest'
import { bibtexNames, texText, texVerbatim } from './tex-text.ts'

describe('TeX as text', () => {
  it.each([
    ['Na{\\"{\\i}}ve {B}ayes', 'Naïve Bayes'],
    ["Jos{\\'e} N\\'{u}\\~nez {\\c{C}}elik \\v{S}t\\u{a}n \\c s", 'José Núñez Çelik Štăn ş'],
    ['{\\O}rsted, {\\L}ukasz \\ss, \\o re {\\AA}se, \\oe uvre', 'Ørsted, Łukasz ß, øre Åse, œuvre'],
    ['\\emph{H}\\({}_{\\mbox{\\(\\infty\\)}}\\) control', 'H∞ control'],
    ['$O(n^{2})$ and $\\alpha_1$', 'O(n2) and α1'],
    ['Rock {\\&} roll at 5\\% of \\$3 \\_x\\_', 'Rock & roll at 5% of $3 _x_'],
    ['it costs $5', 'it costs $5'],
    ["1--2 --- ``quoted'' Chun{-}yuen", '1–2 — “quoted” Chun-yuen'],
    ['J.~K.\\ Row  \n ling', 'J. K. Row ling'],
    ['{\\textdollar}5 {\\textbackslash} \\~{}x', '$5 \\ ~x'],
    ['snake_case a^b', 'snake_case a^b'],
    ['\\H{o} \\k{a} \\t{oo} \\d{h} \\r{u} \\.{z}', 'ő ą o͡o ḥ ů ż'],
    ['J{\\"{u}}rgen M{\\"u}ller, S{\\o}ren {\\AA}berg', 'Jürgen Müller, Søren Åberg'],
    ['$\\alpha$ of \\emph{moss}', 'α of moss'],
    ['{}', ''],
    ['\\', '\\'],
  ])('%s', (tex, text) => expect(texText(tex)).toBe(text))

  it('of what is no prose only the escapes go', () => {
    expect(texVerbatim('10.1007/11505730\\_6')).toBe('10.1007/11505730_6')
    expect(texVerbatim('https://x.example/\\~{}ann/a--b?c=\\%20\\&d=1')).toBe('https://x.example/~ann/a--b?c=%20&d=1')
    expect(texVerbatim('{10.5555/x}')).toBe('10.5555/x')
  })

  it('names are parted by words, not by what stands in braces', () => {
    expect(bibtexNames("Ann Ar and\n  {Land and Sea Group} and M{\\'a}rta and de la Cruz, Eva")).toEqual([
      'Ann Ar',
      '{Land and Sea Group}',
      "M{\\'a}rta",
      'de la Cruz, Eva',
    ])
    expect(bibtexNames(' Alexandre Brandt and ')).toEqual(['Alexandre Brandt'])
  })
})

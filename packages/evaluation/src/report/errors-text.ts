import type { PairSide, WrongPair } from '../run/evaluate-pairs.ts'
import type { Suspect, WrongAnswer } from '../run/wrong-answers.ts'

/** One wrong answer as a paragraph: who was taken for whom, and why. */
export function wrongAnswerText({ mistake, record, slot, name, title, year, first, truth }: WrongAnswer): string {
  return [
    `${mistake}: ${name}, slot ${slot} of ${record} (${year ?? 'no year'}) "${title ?? ''}"`,
    ...(first === null ? [] : suspectLines(first.profile === truth?.profile ? 'is' : 'first', first)),
    ...(truth === null || first?.profile === truth.profile ? [] : suspectLines('is', truth)),
    ...(truth === null ? ['  is nobody of the profiles'] : []),
  ].join('\n')
}

export function wrongPairText({ mistake, p, left, right }: WrongPair): string {
  return [`${mistake} with ${p.toFixed(3)}:`, `  ${sideText(left)}`, `  ${sideText(right)}`].join('\n')
}

function suspectLines(what: string, { profile, names, titles, rank, p, reasons }: Suspect): string[] {
  const place = rank === null ? 'not proposed' : `place ${rank}, ${(p ?? 0).toFixed(3)}`
  return [
    `  ${what} ${profile} ${names.join(', ')} (${place})`,
    ...titles.map((title) => `    wrote "${title}"`),
    ...reasons.map(
      ({ type, level, weight, details }) =>
        `    ${weight < 0 ? '' : '+'}${weight.toFixed(2)} ${type} ${level}${details === null ? '' : `: ${details}`}`,
    ),
  ]
}

function sideText({ record, slot, name, title, year, affiliations }: PairSide): string {
  const where = affiliations.length === 0 ? '' : `, ${affiliations.join('; ')}`
  return `${name}${where}, slot ${slot} of ${record} (${year ?? 'no year'}) "${title ?? ''}"`
}

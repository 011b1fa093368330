import { foldText } from '@atlas/identifiers'
import type { LinkageFunder } from '../types.ts'

const MAX_FUNDERS = 20
const MAX_AWARDS = 50
// Shorter numbers stand for years, calls and programmes, which many share.
const AWARD = 6
const DIGITS = /\d.*\d.*\d/

/** Who paid, under each identifier and under the name; and the grants, as one word each. Distinct, sorted. */
export interface Funding {
  readonly funders: readonly string[]
  readonly awards: readonly string[]
}

export function fundingOf(funders: readonly LinkageFunder[]): Funding {
  if (funders.length === 0) return NO_FUNDING
  const who = funders.flatMap(({ name, identifiers }) => [
    ...identifiers.map(({ scheme, value }) => `${scheme}:${value}`),
    ...(name === null ? [] : [foldText(name)]),
  ])
  return {
    funders: distinct(who.filter((one) => one !== '')).slice(0, MAX_FUNDERS),
    awards: distinct(funders.flatMap(({ awards }) => awards.map(awardKey).filter(isTelling))).slice(0, MAX_AWARDS),
  }
}

const NO_FUNDING: Funding = { funders: [], awards: [] }

/** Grant numbers are written with and without blanks and strokes: ANR-10-LABX-0045, ANR 10 LABX 0045. */
function awardKey(award: string): string {
  return foldText(award).replaceAll(' ', '')
}

function isTelling(award: string): boolean {
  return award.length >= AWARD && DIGITS.test(award)
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}

import type { Circumstances, WorkCircumstances } from './circumstances.ts'
import type { Found } from './model.ts'
import type { AttributedProfile, AttributedSlot } from './prepare.ts'
import { placeOf } from './rising.ts'

// Science is written in it wherever it is done: that two works share it tells nobody from anybody.
const LINGUA_FRANCA = 'en'

const FEW_REFERENCES = 2
const MANY_REFERENCES = 5

export function addCircumstances(found: Found, { work }: AttributedSlot, profile: AttributedProfile): void {
  const known = profile.circumstances
  const citation = citationLevel(work, known)
  if (citation !== undefined) found.citation = citation
  if (work.cites.length > 0 && known.cited.keys.length > 0)
    found.references = referencesLevel(sharedReferences(work, known))
  if (work.language !== '' && known.languages.size > 0) found.language = languageLevel(work.language, known)
  if (work.funders.length + work.awards.length > 0 && known.funders.size + known.awards.size > 0)
    found.funding = fundingLevel(work, known)
}

/** Whether the work cites some of his, or they cite it: people cite themselves far more often than their namesakes. */
function citationLevel(work: WorkCircumstances, known: Circumstances): string | undefined {
  const mayCite = work.cites.length > 0 && known.own.keys.length > 0
  const mayBeCited = work.citedAs.length > 0 && known.cited.keys.length > 0
  if (!mayCite && !mayBeCited) return undefined
  const met = citations(work, known)
  return met === 0 ? 'none' : met === 1 ? 'one' : 'several'
}

/** How many of his works stand in a citation with it. Those it cites are told apart; of those that cite it, the number. */
export function citations({ cites, citedAs }: WorkCircumstances, { cited, own }: Circumstances): number {
  const citing: number[] = []
  // The shorter list is looked up in the longer one.
  if (own.keys.length < cites.length) {
    for (let at = 0; at < own.keys.length; at++)
      if (placeOf(cites, own.keys[at] as number) >= 0) addOnce(citing, own.numbers[at] as number)
  } else
    for (const key of cites) {
      const at = placeOf(own.keys, key)
      if (at >= 0) addOnce(citing, own.numbers[at] as number)
    }
  let citedBy = 0
  for (const key of citedAs) {
    const at = placeOf(cited.keys, key)
    if (at >= 0) citedBy = Math.max(citedBy, cited.numbers[at] as number)
  }
  return citing.length + citedBy
}

function addOnce(numbers: number[], number: number): void {
  if (!numbers.includes(number)) numbers.push(number)
}

/** Works that both this one and one of his cite (bibliographic coupling, Kessler 1963). */
export function sharedReferences({ cites }: WorkCircumstances, { cited: { keys } }: Circumstances): number {
  let shared = 0
  let i = 0
  let j = 0
  while (i < cites.length && j < keys.length) {
    const one = cites[i] as number
    const other = keys[j] as number
    if (one < other) i++
    else if (other < one) j++
    else {
      shared++
      i++
      j++
    }
  }
  return shared
}

function referencesLevel(shared: number): string {
  if (shared >= MANY_REFERENCES) return 'many'
  if (shared >= FEW_REFERENCES) return 'few'
  return shared === 0 ? 'none' : 'one'
}

function languageLevel(language: string, { languages }: Circumstances): string {
  if (!languages.has(language)) return 'other'
  return language === LINGUA_FRANCA ? 'usual' : 'same'
}

function fundingLevel(work: WorkCircumstances, { funders, awards }: Circumstances): string {
  if (work.awards.some((award) => awards.has(award))) return 'award'
  return work.funders.some((funder) => funders.has(funder)) ? 'funder' : 'other'
}

import { type Circumstances, numberOf, type WorkCircumstances } from './circumstances.ts'
import type { Found } from './model.ts'
import type { AttributedProfile, AttributedSlot } from './prepare.ts'

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
  if (own.keys.length > 0)
    for (const key of cites) {
      const at = numberOf(own, key)
      if (at !== undefined && !citing.includes(at)) citing.push(at)
    }
  let citedBy = 0
  for (const key of citedAs) citedBy = Math.max(citedBy, numberOf(cited, key) ?? 0)
  return citing.length + citedBy
}

/** Works that both this one and one of his cite (bibliographic coupling, Kessler 1963). */
export function sharedReferences({ cites }: WorkCircumstances, { cited }: Circumstances): number {
  let shared = 0
  for (const key of cites) if (numberOf(cited, key) !== undefined) shared++
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

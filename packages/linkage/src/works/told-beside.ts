import type { LinkageFunder, LinkageIdentifier, WorkFeatures } from '../types.ts'
import { keysToCite } from './citations.ts'
import { fundingOf } from './funding.ts'

/** What is compared of a work besides what it is about, by whom and where it appeared. */
export type ToldBeside = Pick<WorkFeatures, 'language' | 'funders' | 'awards' | 'cites' | 'citedAs'>

/** Only what is told is there: features are kept by the million. */
export function toldBeside(of: {
  readonly language: string | null
  readonly funders: readonly LinkageFunder[]
  readonly identifiers: readonly LinkageIdentifier[]
  readonly cites: readonly number[]
}): ToldBeside {
  const language = languageOf(of.language)
  const { funders, awards } = fundingOf(of.funders)
  const citedAs = keysToCite(of.identifiers)
  return {
    ...(language === '' ? {} : { language }),
    ...(funders.length === 0 ? {} : { funders }),
    ...(awards.length === 0 ? {} : { awards }),
    ...(of.cites.length === 0 ? {} : { cites: of.cites }),
    ...(citedAs.length === 0 ? {} : { citedAs }),
  }
}

/** What stands for no language, or for several (ISO 639-2), says nothing. */
const NO_LANGUAGE: ReadonlySet<string> = new Set(['und', 'mul', 'zxx', 'mis'])

function languageOf(tag: string | null): string {
  const [language = ''] = (tag ?? '').toLowerCase().split('-')
  return NO_LANGUAGE.has(language) ? '' : language
}

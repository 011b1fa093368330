import { titleTokens } from '@atlas/identifiers'
import type { Comparison, WorkFeatures } from '../types.ts'
import { STOP_WORDS } from '../works/title-words.ts'

/** Words of so many titles that sharing them says nothing. */
const COMMON: ReadonlySet<string> = new Set(
  (
    'analysis approach approaches application applications assessment based case comparison control data development different effect effects ' +
    'efficient evaluation evidence experimental framework function general impact improved improving influence investigation large learning ' +
    'level measurement method methods model modeling modelling models multi network networks novel performance problem problems process ' +
    'properties quality report research response results review risk role simple some structure studies study system systems technique ' +
    'techniques test theory time towards treatment type understanding use used using with without high low new non self two three first'
  ).split(' '),
)

/** Words of title and subjects that say what a work is about. */
export function topicWords({ title, subjects }: WorkFeatures): ReadonlySet<string> {
  const words = [title ?? '', ...subjects].flatMap(titleTokens)
  return new Set(words.filter((word) => word.length > 3 && !STOP_WORDS.has(word) && !COMMON.has(word)).map(stem))
}

function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ing|ies|es|s)$/, '') : word.replace(/s$/, '')
}

export function compareTopics(slot: ReadonlySet<string>, profile: ReadonlySet<string>): Comparison {
  const said = (level: string, details: string | null): Comparison => ({
    comparison: 'topics',
    level,
    rarity: 0,
    details,
  })
  if (slot.size === 0 || profile.size === 0) return said('null', null)
  const shared = [...slot].filter((word) => profile.has(word)).sort()
  const details = shared.slice(0, 6).join(', ')
  if (shared.length > 3) return said('close', details)
  if (shared.length > 1) return said('related', details)
  if (shared.length === 1) return said('some', details)
  // Fifteen words: two or three titles, before which nothing in common is what one expects.
  return said(profile.size >= 15 && slot.size >= 3 ? 'none' : 'null', null)
}

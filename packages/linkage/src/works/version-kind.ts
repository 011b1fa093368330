import type { LinkageRecord, VersionKind } from '../types.ts'
import { sameLanguage, sameTitle } from './agreement.ts'
import type { PreparedRecord } from './prepare.ts'

/**
 * Which version of the primary record this one is: by what one says of the other, then by what kind of thing it is, then by
 * where it lies. Pure, from the two records alone.
 */
export function versionKindOf(version: PreparedRecord, primary: PreparedRecord): VersionKind {
  const relations = relationsBetween(version.record, primary.record)
  if (relations.has('translation_of') || relations.has('has_translation')) return 'translation'
  if (relations.has('preprint_of') || relations.has('has_preprint') || version.kind === 'preprint') return 'preprint'
  if (inAnotherLanguage(version.record, primary.record)) return 'translation'
  if (isConferenceAndArticle(version.record, primary.record)) return 'conference'
  // Not a preprint by its kind, and only a repository holds it: the manuscript of what the primary record describes.
  return version.deposited && !primary.deposited ? 'accepted' : 'other'
}

/** What one of the two says of an identifier that the other calls its own, either way. */
export function relationsBetween(a: LinkageRecord, b: LinkageRecord): ReadonlySet<string> {
  return new Set([...saidOf(a, b), ...saidOf(b, a)])
}

/** Whether one is the paper of a meeting and the other an article: the same text in two publications. */
export function isConferenceAndArticle(a: LinkageRecord, b: LinkageRecord): boolean {
  const types = [a.type, b.type]
  return types.includes('conference-paper') && types.includes('article')
}

function saidOf(a: LinkageRecord, b: LinkageRecord): readonly string[] {
  const own = new Set(b.identifiers.flatMap((id) => (id.relation === 'self' ? [`${id.scheme}:${id.value}`] : [])))
  return a.identifiers.flatMap((id) =>
    id.relation !== 'self' && own.has(`${id.scheme}:${id.value}`) ? [id.relation] : [],
  )
}

// A language alone is no proof: sources guess it. Two that also have other titles are two languages.
function inAnotherLanguage(a: LinkageRecord, b: LinkageRecord): boolean {
  if (a.language === null || b.language === null || sameLanguage(a.language, b.language)) return false
  return a.title !== null && b.title !== null && !sameTitle(a.title, b.title)
}

import { isDepositDoi } from '@atlas/identifiers'
import type { RecordIdentifier } from '@atlas/schemas'

/**
 * Identifiers as all sources keep them: each once with its relation, what is the thing itself not also as a version of it,
 * and of a publication the names that arXiv gives it as those of its preprint.
 */
export function asKept(identifiers: readonly RecordIdentifier[], sourceId: string): RecordIdentifier[] {
  const told = preprintBesideArticle(identifiers, sourceId)
  const own = new Set<string>()
  for (const { scheme, value, relation } of told) if (relation === 'self') own.add(`${scheme} ${value}`)
  const seen = new Set<string>()
  return told.filter(({ scheme, value, relation }) => {
    const key = `${scheme} ${value}`
    // Some sources list what the thing is among its versions.
    if ((relation !== 'self' && own.has(key)) || seen.has(`${relation} ${key}`)) return false
    seen.add(`${relation} ${key}`)
    return true
  })
}

/**
 * Preprint and article have a record each at arXiv and at the publisher's, but one at HAL, CORE, INSPIRE, Semantic Scholar, and in
 * the list of a person at ORCID. Where such a record has the DOI of a publisher it is the article's; what arXiv gave is another
 * version of it. What the record is called at its source is always its own.
 */
function preprintBesideArticle(
  identifiers: readonly RecordIdentifier[],
  sourceId: string,
): readonly RecordIdentifier[] {
  if (!identifiers.some(isOfArxiv)) return identifiers
  const published = identifiers.some(
    ({ scheme, value, relation }) => scheme === 'doi' && relation === 'self' && !isDepositDoi(value),
  )
  return identifiers.map((one) =>
    published && one.relation === 'self' && one.value !== sourceId && isOfArxiv(one)
      ? { ...one, relation: 'has_preprint' }
      : one,
  )
}

/** An id of arXiv, its DOI, or the key of CoRR, which is arXiv at dblp. */
function isOfArxiv({ scheme, value }: RecordIdentifier): boolean {
  return (
    scheme === 'arxiv' ||
    (scheme === 'doi' && value.startsWith('10.48550/arxiv.')) ||
    (scheme === 'dblp' && value.startsWith('journals/corr/'))
  )
}

import { parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier } from '@atlas/schemas'
import { at, childOf, childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import { ourWord } from './mapping.ts'
import { identifierOf, type Reading } from './reading.ts'

const NOTES: Readonly<Record<string, string>> = {
  ErratumFor: 'erratum_of',
  RetractionOf: 'retraction_of',
  UpdateOf: 'version_of',
  UpdateIn: 'has_version',
  RepublishedFrom: 'version_of',
  RepublishedIn: 'has_version',
  CorrectedandRepublishedFrom: 'version_of',
  CorrectedandRepublishedIn: 'has_version',
  RetractedandRepublishedIn: 'has_retraction',
  ErratumIn: 'has_erratum',
  RetractionIn: 'has_retraction',
  CommentOn: 'comment_on',
}

/** DOI and PMC id of the article, and the PMIDs of what corrects it or is corrected by it. */
export function pubmedIdentifiers(
  reading: Reading,
  element: XmlElement,
  citation: XmlElement | undefined,
  article: XmlElement | undefined,
): RecordIdentifier[] {
  const ids = childrenOf(at(element, 'PubmedData', 'ArticleIdList'), 'ArticleId')
  const id = (type: string) => lineOf(ids.find(({ attributes }) => attributes.IdType === type))
  const locations = childrenOf(article, 'ELocationID')
  const located = locations.find(({ attributes }) => attributes.EIdType === 'doi' && attributes.ValidYN !== 'N')
  const notes = childrenOf(childOf(citation, 'CommentsCorrectionsList'), 'CommentsCorrections')
  return [
    ...identifierOf(
      'doi',
      reading.doi(id('doi') ?? lineOf(located), '/PubmedData/ArticleIdList/ArticleId[@IdType="doi"]'),
    ),
    ...identifierOf(
      'pmcid',
      reading.parsed(id('pmc'), parsePmcid, 'pmcid_unusable', '/PubmedData/ArticleIdList/ArticleId[@IdType="pmc"]'),
    ),
    ...notes.flatMap((note) => {
      const relation = ourWord(NOTES, note.attributes.RefType)
      const pmid = lineOf(childOf(note, 'PMID'))
      return relation === undefined || pmid === undefined ? [] : identifierOf('pmid', parsePmid(pmid), relation)
    }),
  ]
}

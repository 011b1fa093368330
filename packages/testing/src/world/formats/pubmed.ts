import type { Printed } from '../byline.ts'
import { initialsOf } from '../byline.ts'
import type { Publication } from '../publication.ts'
import { FIELDS, INSTITUTIONS } from '../vocabulary.ts'
import type { Described } from './described.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** One PubmedArticle element as efetch gives it, without line breaks. */
export function pubmedRecord(publication: Publication, authors: readonly Printed[], { updated }: Described): string {
  const pmid = pmidOf(publication)
  const [year = '2026', month = '01', day = '01'] = updated.slice(0, 10).split('-')
  const list = authors
    .map((author) => {
      const institution = INSTITUTIONS[author.institution]
      return [
        '<Author ValidYN="Y">',
        `<LastName>${escaped(author.family)}</LastName><ForeName>${escaped(author.given)}</ForeName>`,
        `<Initials>${escaped(initialsOf(author.given).replace(/[. ]/g, ''))}</Initials>`,
        author.orcid ? `<Identifier Source="ORCID">${author.orcid}</Identifier>` : '',
        institution
          ? `<AffiliationInfo><Affiliation>${escaped(`${institution.name}, ${institution.city}.`)}</Affiliation></AffiliationInfo>`
          : '',
        '</Author>',
      ].join('')
    })
    .join('')
  return [
    '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">',
    `<PMID Version="1">${pmid}</PMID>`,
    `<DateRevised><Year>${year}</Year><Month>${month}</Month><Day>${day}</Day></DateRevised>`,
    '<Article PubModel="Print"><Journal>',
    `<ISSN IssnType="Electronic">${publication.issn}</ISSN>`,
    `<JournalIssue CitedMedium="Internet"><Volume>${publication.volume}</Volume><PubDate><Year>${publication.year}</Year><Month>${MONTHS[publication.month - 1]}</Month></PubDate></JournalIssue>`,
    `<Title>${escaped(publication.venue)}</Title></Journal>`,
    `<ArticleTitle>${escaped(publication.title)}.</ArticleTitle>`,
    `<Pagination><MedlinePgn>${publication.page}-${publication.page + 11}</MedlinePgn></Pagination>`,
    `<ELocationID EIdType="doi" ValidYN="Y">${publication.doi}</ELocationID>`,
    `<AuthorList CompleteYN="Y">${list}</AuthorList><Language>eng</Language>`,
    '<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>',
    '</Article>',
    `<MeshHeadingList><MeshHeading><DescriptorName UI="D0">${escaped(FIELDS[publication.field]?.name ?? 'Science')}</DescriptorName></MeshHeading></MeshHeadingList>`,
    '</MedlineCitation><PubmedData><ArticleIdList>',
    `<ArticleId IdType="pubmed">${pmid}</ArticleId><ArticleId IdType="doi">${publication.doi}</ArticleId>`,
    '</ArticleIdList></PubmedData></PubmedArticle>',
  ].join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char)
}

export function pmidOf({ index }: Pick<Publication, 'index'>): string {
  return String(90_000_000 + index)
}

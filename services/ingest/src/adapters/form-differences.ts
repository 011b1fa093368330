/**
 * What one form of a record says and another of the same source cannot, or says otherwise, by reason. A source that is not here
 * reads alike in all forms; a form stands beside the first of its source. Fields are paths of the record; `forms.test.ts` reads one
 * record in each form and knows no other differences.
 */
export const FORM_DIFFERENCES: Readonly<Record<string, FormDifferences>> = {
  arxiv: {
    first: 'Atom',
    others: {
      'oai-pmh': {
        'Atom has the time of the text, OAI-PMH the day of the record': ['sourceUpdatedAt'],
        'Atom has whole names': ['authors[].family', 'authors[].given', 'authors[].suffix'],
        'Atom does not say': ['licence'],
      },
    },
  },
  biorxiv: {
    first: 'the details API',
    others: {
      rss: {
        'of one version the details stand above the feed': ['sourceUpdatedAt'],
        'RSS does not say': ['licence', 'openAccessLocations[].licence', 'typeAsGiven'],
      },
    },
  },
  crossref: { first: 'the API', others: { citeproc: { 'citeproc has the words of CSL': ['typeAsGiven'] } } },
  dblp: {
    first: 'BibTeX',
    others: {
      dblp: {
        'BibTeX does not say': [
          'authors[].orcid',
          'authors[].sourceIds[].scheme',
          'authors[].sourceIds[].value',
          'openAccessLocations[].best',
          'openAccessLocations[].url',
          'references[].scheme',
          'references[].value',
          'venue.identifiers[].scheme',
          'venue.identifiers[].value',
        ],
        'BibTeX has no publtype': ['typeAsGiven'],
      },
    },
  },
  doaj: { first: 'the API', others: { 'oai-pmh': { 'OAI-PMH does not say': ['authors[].affiliations[].name'] } } },
  hal: {
    first: 'the search API',
    others: {
      tei: {
        'TEI does not say': ['venue.abbreviation'],
        'lists of the search leave out those without, so that nobody knows whose it is': ['authors[].orcid'],
        'the search names structures by their number and name': [
          'authors[].affiliations[].country',
          'authors[].affiliations[].ror',
        ],
      },
      'dublin-core': {
        'the stamp is of the envelope': ['sourceUpdatedAt'],
        'Dublin Core does not say': [
          'authors[].affiliations[].identifiers[].scheme',
          'authors[].affiliations[].identifiers[].value',
          'authors[].affiliations[].name',
          'authors[].corresponding',
          'authors[].role',
          'authors[].sourceIds[].scheme',
          'authors[].sourceIds[].value',
          'dates[].day',
          'dates[].kind',
          'dates[].month',
          'dates[].year',
          'funders[].awards[]',
          'funders[].name',
          'titles[].kind',
          'titles[].language',
          'titles[].text',
          'venue.abbreviation',
          'venue.firstPage',
          'venue.identifiers[].scheme',
          'venue.identifiers[].value',
          'venue.issue',
          'venue.lastPage',
          'venue.volume',
        ],
      },
    },
  },
}

export interface FormDifferences {
  /** In the page's words. */
  readonly first: string
  /** By form, by reason: the fields. */
  readonly others: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

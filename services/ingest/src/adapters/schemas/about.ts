/** What the records of a source are, and where it describes them itself. */
export interface AboutSchema {
  readonly description: string
  /** Objects whose keys are data, such as the words of an abstract. */
  readonly maps?: readonly string[]
  /** What is worth saying of a field, by its place, such as `/title`. */
  readonly fields?: Readonly<Record<string, string>>
}

/** Of the sources whose schema is written by trying their adapter: `node … schemas-main.ts SOURCE`. */
export const ABOUT: Readonly<Record<string, AboutSchema>> = {
  openalex: {
    description:
      'A work, as the API of OpenAlex answers it and its snapshot has it (https://docs.openalex.org/api-entities/works/work-object).',
    maps: ['/abstract_inverted_index'],
    fields: {
      '/id': 'Works only: https://openalex.org/W… or W….',
      '/updated_date': 'Orders the versions of a work.',
      '/doi': 'Any form; one that cannot be read is a warning.',
      '/authorships': 'Every entry is an author, in the order of the byline.',
      '/is_retracted': 'True marks the work as retracted.',
    },
  },
  crossref: {
    description:
      'A work, as the REST API of Crossref answers it, without the message around it (https://api.crossref.org/swagger-ui).',
    fields: {
      '/DOI': 'The record is named by it.',
      '/author': 'Every entry is an author; editors where there is none.',
      '/title': 'The first is the title.',
    },
  },
  datacite: {
    description:
      'A DOI, as the REST API of DataCite answers it: an item of data (https://support.datacite.org/docs/api).',
    fields: {
      '/attributes/doi': 'The record is named by it.',
      '/attributes/creators': 'Every entry is an author, in the order given.',
      '/attributes/updated': 'Orders the versions of a record.',
    },
  },
  hal: {
    description:
      'A document, as the search API of HAL answers it: an item of docs (https://api.archives-ouvertes.fr/docs/search).',
    fields: {
      '/halId_s': 'The record is named by it, without its version.',
    },
  },
  europepmc: {
    description: 'A result of the search of Europe PMC (https://europepmc.org/RestfulWebService).',
  },
  biorxiv: { description: 'A version of a preprint: an item of collection (https://api.biorxiv.org).' },
  medrxiv: { description: 'A version of a preprint: an item of collection (https://api.medrxiv.org).' },
  doaj: { description: 'An article, as the API and the dumps of DOAJ have it (https://doaj.org/api/v4/docs).' },
  zenodo: { description: 'A record, as the REST API of Zenodo answers it (https://developers.zenodo.org).' },
  core: { description: 'A work or output, as the API of CORE answers it (https://api.core.ac.uk/docs/v3).' },
  unpaywall: {
    description:
      'A DOI and where it can be read, as the API and the snapshot of Unpaywall have it (https://unpaywall.org/data-format).',
  },
  opencitations: {
    description:
      'A link between two works, as the Index API gives it (https://opencitations.net/index/api/v2), or a work as Meta (https://opencitations.net/meta/api/v1) or COCI describes it.',
    fields: {
      '/oci': 'A link is named by it; it makes no work.',
      '/citing': 'A DOI, or identifiers parted by spaces: omid:br/06101801781 doi:10.1108/jd-12-2013-0166.',
      '/creation': 'When the citing work appeared: 2015, 2015-03 or 2015-03-09.',
      '/id': 'Meta: identifiers parted by spaces. A work is named by its OMID, else its DOI, else the first of them.',
      '/doi': 'COCI.',
      '/author': 'Carberry, Josiah [orcid:0000-0002-1825-0097 omid:ra/0610000001]; Fern, Ada.',
      '/venue': 'Journal Of Documentation [issn:0022-0418].',
      '/type': 'Journal article, proceedings article, book chapter …',
      '/reference': 'DOIs parted by semicolons.',
    },
  },
  ror: {
    description: "An organisation in ROR's schema v2 or v1 (https://ror.readme.io/docs/ror-data-structure).",
  },
  semanticscholar: {
    description:
      'A paper or an author: an answer of the Graph API (https://api.semanticscholar.org/api-docs/graph) or a line of the data sets papers and authors (https://api.semanticscholar.org/api-docs/datasets).',
  },
  orcid: {
    description:
      'A record, its section person, a work or a summary of one, of the API v2 or v3 (https://github.com/ORCID/orcid-model). Files may also have them in XML.',
  },
  inspire: {
    description:
      'A record of literature, bare or with its envelope of the API (https://inspire-schemas.readthedocs.io/en/latest/schemas/records/hep.html).',
  },
  scanr: {
    description:
      'A publication or a person of scanR: a line of its dumps, or a document of its indexes without their envelope.',
  },
}

type Json = Record<string, unknown>

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

/** What is refused of the samples of people, organisations and graphs, record by record, and why. */
const ORCID_ANSWERS = [
  // Errors of the API that name no record.
  ...['Asfaf_person', 'adfafadf_person', 'asdfadf_person', 'search_q_given-names_3Acarl_rows_apple'],
  ...['search_rows_er', 'search_start_adsf'],
  // A list of works with none in it.
  '0000-0003-1620-1408_works',
  // What a search found: iDs, of which nothing is said.
  ...['search', 'search_q_10_1087_2F20120404', 'search_q_Raymond_rows_3_defType_edismax'],
  'search_q_Raymond_rows_3_defType_edismax_qf_family-name_5E2_0',
  'search_q_Raymond_rows_3_defType_edismax_qf_given-names_5E3_0',
  'search_q_carl_2Bboettiger',
  'search_q_digital-object-ids_3A_2210_1087_2F20120404_22',
  'search_q_digital-object-ids_3A_2210_1087_2F20120404_22_rows_3',
  'search_q_digital-object-ids_3A_2210_1087_2F20120404_22_start_4_rows_3',
  'search_q_digital-object-ids_3A_2210_1371_2Fjournal_pone_0025995_22',
  'search_q_digital-object-ids_3A_2210_1371_2Fjournal_pone_0053712_22',
  'search_q_family-name_3Aiakovakis_20AND_20past-institution-affiliation-',
  ...['search_q_given-names_3Acarl_rows_10', 'search_q_keyword_3Abirds_20AND_20keyword_3Aturtles_rows_10'],
  ...['search_q_keyword_3Aecology', 'search_q_keyword_3Aecology_rows_3', 'search_q_keyword_3Aecology_start_3_rows_3'],
]

export const GRAPH_REFUSALS: Readonly<Record<string, readonly string[]>> = {
  // Strings of affiliations with the organisations they mean: labels for a matcher, no records.
  'ror/affiliation-truth/dataset_affiliations_crossref_2024_02_19.json': Array(3000).fill('missing_field'),
  'ror/affiliation-truth/dataset_affiliations_springer_2023_10_31.json': Array(3000).fill('missing_field'),
  'ror/affiliation-truth/dataset_names.json': Array(1000).fill('missing_field'),
  // Edited by hand: a key stands twice.
  'inspire/literature_1863053.json': ['duplicate_key'],
  ...Object.fromEntries(ORCID_ANSWERS.map((name) => [`orcid/v3.0-json/${name}.json`, ['unexpected_format']])),
}

/** How many entries the bylines in a file have, counted straight in the raw text, without any code of the adapters. */
export const GRAPH_ENTRIES: Readonly<Record<string, (text: string) => number[]>> = {
  // An organisation has no byline.
  ror: (text) =>
    text
      .trim()
      .split('\n')
      .map(() => 0),
  // An author himself has no byline; with his papers he is theirs.
  semanticscholar: (text) => {
    const all = JSON.parse(text) as Json | Json[]
    const records = Array.isArray(all) ? all : list(all.papers ?? all.data)
    return records.map((record) => list(record.authors).length)
  },
  // Persons have no byline, summaries of works none either.
  orcid: (text) => {
    if (text.includes('<record:record')) return [0]
    if (text.includes('<error:error')) return [0]
    const given = JSON.parse(text) as Json
    const groups = list(given.group)
    if (groups.length > 0) return groups.flatMap((group) => list(group['work-summary']).map(() => 0))
    return [list((given.contributors as Json | undefined)?.contributor).length]
  },
  // Collaborations and organisations sign with the authors.
  inspire: (text) => {
    const given = JSON.parse(text) as Json
    const metadata = (given.metadata ?? given) as Json
    return [
      list(metadata.authors).length + list(metadata.collaborations).length + list(metadata.corporate_author).length,
    ]
  },
  // Who advised a thesis and sat in its jury stands there several times: a person is one entry.
  scanr: (text) => {
    const given = JSON.parse(text) as Json
    const hits = list((given.hits as Json | undefined)?.hits)
    return (hits.length > 0 ? hits : [given]).map((hit) => {
      const authors = list((hit._source as Json | undefined)?.authors)
      return new Set(authors.map(({ person }, at) => person ?? at)).size
    })
  },
}

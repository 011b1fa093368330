type Json = Record<string, unknown>
type Count = (text: string) => number[]

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const inside = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((one, key) => (one as Json | null | undefined)?.[key], value)
const lines = (text: string): Json[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json)
/** How often a tag opens. */
const tags = (text: string, ...names: string[]): number =>
  names.reduce((sum, name) => sum + text.split(new RegExp(`<${name}[ >]`)).length - 1, 0)

/** How many entries the bylines of real files have, counted in their text without any code that reads them. */
export const REPOSITORY_ENTRIES: Readonly<Record<string, Count>> = {
  europepmc: (text) =>
    text.startsWith('<')
      ? text
          .split('<result>')
          .slice(1)
          .map((result) => tags(result, 'author'))
      : lines(text).map((result) => {
          const entries = list(inside(result, 'authorList', 'author')).length
          return (
            entries ||
            String(result.authorString ?? '')
              .split(', ')
              .filter((name) => name !== '').length
          )
        }),
  biorxiv: (text) =>
    text.startsWith('<')
      ? text
          .split('<item ')
          .slice(1)
          .map((item) => tags(item, 'dc:creator'))
      : lines(text).map((entry) => String(entry.authors).split(';').length),
  doaj: (text) => lines(text).map((line) => list(inside(line._source ?? line, 'bibjson', 'author')).length),
  // Who is listed among the creators and again among the contributors is one entry.
  zenodo: (text) =>
    lines(text).map(({ metadata }) => {
      const names = (key: string) => list(inside(metadata, key)).map(({ name }) => String(name))
      const creators = names('creators')
      return creators.length + new Set(names('contributors').filter((name) => !creators.includes(name))).size
    }),
  core: (text) => lines(text).map(({ authors }) => list(authors).length),
  unpaywall: (text) => lines(text).map((line) => list(line.z_authors).length),
  sudoc: (text) => [tags(text, 'foaf:Person') + (text.includes('bibo/Thesis') ? 0 : tags(text, 'foaf:Organization'))],
  persee: (text) => [tags(text, 'marcrel:aut')],
}

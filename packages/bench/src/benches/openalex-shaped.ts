import type { WorldRecord } from '@atlas/testing/world'

// Mean of the works of OpenAlex on which the bar was set: 7,991 bytes, of which the inverted abstract takes about 0.9 kB
// and the references 0.7; concepts, locations and counts fill the rest.
const MEAN_BYTES = 8_000

/** A record of OpenAlex with the fields that the service does not need and real records have: about 8 kB. */
export function openalexShaped(record: WorldRecord): WorldRecord {
  const work = JSON.parse(record.line) as Record<string, unknown>
  const words = `${String(work['title'])} we show that the drainage of peat and the return of mosses`.split(' ')
  const no = record.publication
  work['abstract_inverted_index'] = Object.fromEntries(
    Array.from({ length: 70 }, (_, i) => [`${words[i % words.length]}${i < words.length ? '' : i}`, [i, i + 90]]),
  )
  work['referenced_works'] = Array.from(
    { length: 20 },
    (_, i) => `https://openalex.org/W${4_000_000_000 + no * 31 + i}`,
  )
  work['counts_by_year'] = Array.from({ length: 8 }, (_, i) => ({ year: 2018 + i, cited_by_count: (no + i) % 17 }))
  const concepts: object[] = []
  work['concepts'] = concepts
  for (let i = 0; JSON.stringify(work).length < MEAN_BYTES - 160; i++)
    concepts.push({
      id: `https://openalex.org/C${no * 13 + i}`,
      wikidata: `https://www.wikidata.org/wiki/Q${no * 17 + i}`,
      display_name: `Concept ${no % 97}.${i}`,
      level: i % 4,
      score: (i % 10) / 10,
    })
  return { ...record, line: JSON.stringify(work) }
}

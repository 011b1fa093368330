import { parseS2AuthorId, parseS2CorpusId, parseS2PaperId } from '@atlas/identifiers'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { readS2Author } from './semanticscholar-authors.ts'
import { asInApi } from './semanticscholar-bulk.ts'
import { readS2Paper } from './semanticscholar-papers.ts'
import { S2_OPEN_ACCESS, S2_TYPES } from './semanticscholar-types.ts'

/**
 * Papers and authors of Semantic Scholar: answers of the Graph API
 * (https://api.semanticscholar.org/api-docs/graph) and lines of the bulk data sets `papers` and `authors`
 * (https://api.semanticscholar.org/api-docs/datasets). Which fields an answer has is up to who asked. Of an author with
 * his papers the papers are the records: each names him with his id.
 */
export const semanticscholar: Adapter = {
  source: 'semanticscholar',
  version: 2,
  formats: ['json'],
  shapes: [
    { format: 'json', path: ['data', '*', 'citedPaper'] },
    { format: 'json', path: ['data', '*', 'citingPaper'] },
    { format: 'json', path: ['data', '*', 'papers', '*'] },
    { format: 'json', path: ['data', '*'] },
    { format: 'json', path: ['recommendedPapers', '*'] },
    { format: 'json', path: ['papers', '*'] },
    { format: 'json', path: ['*', 'papers', '*'] },
  ],
  mapping: {
    takes: 'papers and authors: answers of the Graph API, and lines of the bulk data sets papers and authors',
    kinds: ['work', 'author'],
    types: S2_TYPES,
    openAccess: S2_OPEN_ACCESS,
  },
  readJson,
  idOf(text) {
    const corpusId = parseS2CorpusId(text)
    return parseS2PaperId(text) ?? parseS2AuthorId(text) ?? (corpusId && `CorpusID:${corpusId}`)
  },
}

function readJson(given: JsonObject): AdapterResult {
  const object = asInApi(given)
  if (object.paperId !== undefined || object.corpusId !== undefined) {
    return isAddition(object) ? refused('abstracts alone describe no paper: import the papers') : readS2Paper(object)
  }
  if (object.authorId !== undefined) return readS2Author(object)
  if (typeof object.error === 'string' || typeof object.message === 'string') return refused('an error of the API')
  return refused('the record has no id', 'missing_field', '/paperId')
}

/** A line of the data sets `abstracts`, `tldrs`, `s2orc`: something about a paper that another line describes. */
function isAddition({ paperId, title, authors, ...rest }: JsonObject): boolean {
  if (paperId !== undefined || title !== undefined || authors !== undefined) return false
  return ['abstract', 'text', 'content', 'vector'].some((key) => rest[key] !== undefined)
}

function refused(detail: string, code = 'unexpected_format', pointer = ''): AdapterResult {
  return { ok: false, errors: [{ code, pointer, detail }] }
}

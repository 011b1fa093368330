import { parseArxivId, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier } from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { ourWord } from './mapping.ts'
import { identifierOf, isObject, type Reading } from './reading.ts'

// Of Crossref's relations, those that tell something of which work this is.
const RELATIONS: Readonly<Record<string, string>> = {
  'is-preprint-of': 'preprint_of',
  'has-preprint': 'has_preprint',
  'is-version-of': 'version_of',
  'has-version': 'has_version',
  'is-manuscript-of': 'version_of',
  'has-manuscript': 'has_version',
  'is-part-of': 'part_of',
  'has-part': 'has_part',
  'is-component-of': 'part_of',
  'is-same-as': 'identical',
  'is-identical-to': 'identical',
  'is-translation-of': 'translation_of',
  'has-translation': 'has_translation',
  'is-supplement-to': 'supplement_to',
  'is-supplemented-by': 'has_supplement',
  'is-review-of': 'review_of',
  'has-review': 'has_review',
}

const UPDATES: Readonly<Record<string, string>> = {
  erratum: 'erratum_of',
  corrigendum: 'erratum_of',
  correction: 'erratum_of',
  addendum: 'supplement_to',
  retraction: 'retraction_of',
  removal: 'retraction_of',
  withdrawal: 'retraction_of',
  new_version: 'version_of',
  new_edition: 'version_of',
}

/** What was published about it later. */
const UPDATED_BY: Readonly<Record<string, string>> = {
  erratum: 'has_erratum',
  corrigendum: 'has_erratum',
  correction: 'has_erratum',
  retraction: 'has_retraction',
  removal: 'has_retraction',
  withdrawal: 'has_retraction',
}

/** What a work is related to: its `relation` and what it updates. References are not relations. */
export function relations(reading: Reading, work: JsonObject): RecordIdentifier[] {
  const related = isObject(work.relation) ? Object.entries(work.relation) : []
  return [
    ...related.flatMap(([key, targets]) => {
      const relation = ourWord(RELATIONS, key)
      if (relation === undefined) return []
      return reading
        .oneOrMore(targets)
        .flatMap((target, at) => (isObject(target) ? one(reading, target, relation, `/relation/${key}/${at}`) : []))
    }),
    ...reading.objects(work['update-to'], '/update-to').flatMap((update, at) => {
      const doi = reading.doi(reading.text(update.DOI, `/update-to/${at}/DOI`), `/update-to/${at}/DOI`)
      return identifierOf('doi', doi, ourWord(UPDATES, String(update.type)) ?? 'update_of')
    }),
    ...reading.objects(work['updated-by'], '/updated-by').flatMap((update, at) => {
      const relation = ourWord(UPDATED_BY, String(update.type))
      const doi = reading.doi(reading.text(update.DOI, `/updated-by/${at}/DOI`), `/updated-by/${at}/DOI`)
      return relation === undefined ? [] : identifierOf('doi', doi, relation)
    }),
  ]
}

function one(reading: Reading, target: JsonObject, relation: string, pointer: string): RecordIdentifier[] {
  const id = reading.text(target.id, `${pointer}/id`)
  if (id === undefined) return []
  switch (target['id-type']) {
    case 'doi':
      return identifierOf('doi', reading.doi(id, `${pointer}/id`), relation)
    case 'arxiv':
      return identifierOf('arxiv', parseArxivId(id)?.id, relation)
    case 'pmid':
      return identifierOf('pmid', parsePmid(id), relation)
    default:
      return []
  }
}

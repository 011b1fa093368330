import type { Adapter } from '../adapters/adapter.ts'
import { blankAuthor, blankRecord } from '../adapters/blank.ts'
import { identifierOf, Reading, titleOf } from '../adapters/reading.ts'

/** A repository whose API answers `{"hits":[{"id":"7","changed":"…","title":"…","doi":"…","people":["Ann Ar"]}]}`. */
export const example: Adapter = {
  source: 'example',
  version: 1,
  formats: ['json'],
  shapes: [{ format: 'json', path: ['hits', '*'] }],
  idOf: (text) => (/^\d+$/.test(text) ? text : undefined),
  readJson(hit) {
    const reading = new Reading()
    const id = reading.sourceId(hit.id, '/id')
    return reading.result(() => ({
      ...blankRecord('example', id),
      sourceUpdatedAt: reading.instant(reading.text(hit.changed, '/changed'), '/changed'),
      titles: titleOf(reading.plain(hit.title, '/title'), 'main'),
      identifiers: identifierOf('doi', reading.doi(reading.text(hit.doi, '/doi'), '/doi')),
      authors: reading.list(hit.people, '/people').map((name, at) => ({
        ...blankAuthor(at + 1),
        name: reading.plain(name, `/people/${at}`) ?? '',
      })),
    }))
  },
}

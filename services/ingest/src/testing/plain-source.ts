import type { Adapter, JsonObject, JsonValue } from '../adapters/adapter.ts'

const text = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null)

/**
 * A source with the simplest records there could be, for tests:
 * `{"id":"a","updated":"2026-01-01T00:00:00Z","title":"T","authors":["Ann Ar"],"venue":"V","abstract":"…"}`.
 * A higher `version` stands for a corrected adapter: it reads titles in upper case.
 */
export function plainSource(version = 1): Adapter {
  return {
    source: 'plain',
    version,
    formats: ['json'],
    shapes: [{ format: 'json', path: ['items', '*'] }],
    idOf: (id) => id,
    readJson(value: JsonObject) {
      const id = text(value['id'])
      if (id === null || id === '')
        return { ok: false, errors: [{ code: 'missing_field', pointer: '/id', detail: 'a record has an id' }] }
      const given = text(value['title'])
      const title = version > 1 && given !== null ? given.toUpperCase() : given
      const names = Array.isArray(value['authors']) ? (value['authors'] as readonly JsonValue[]) : []
      const updated = text(value['updated'])
      const venue = text(value['venue'])
      return {
        ok: true,
        record: {
          source: 'plain',
          sourceId: id,
          sourceUpdatedAt: updated === null ? null : Date.parse(updated),
          deleted: value['gone'] === true,
          title,
          titles: title === null ? [] : [{ text: title, language: null, kind: 'main' }],
          abstract: text(value['abstract']),
          type: 'article',
          typeAsGiven: null,
          published: null,
          language: null,
          venue:
            venue === null
              ? null
              : {
                  name: venue,
                  issns: [],
                  type: null,
                  publisher: null,
                  volume: null,
                  issue: null,
                  firstPage: null,
                  lastPage: null,
                },
          identifiers: [],
          authors: names.map((name, at) => ({
            position: at + 1,
            name: String(name),
            given: null,
            family: null,
            suffix: null,
            collective: false,
            orcid: null,
            orcidAuthenticated: null,
            sourceIds: [],
            email: null,
            corresponding: null,
            role: 'author',
            affiliations: [],
          })),
          subjects: [],
          retracted: false,
          openAccess: null,
          warnings: title === null ? [{ code: 'no_title', pointer: '/title' }] : [],
        },
      }
    },
  }
}

import type { Adapter, JsonObject, JsonValue } from '../adapters/adapter.ts'
import { blankAuthor, blankRecord, venueOf } from '../adapters/blank.ts'
import { parseInstant } from '../adapters/dates.ts'
import { count } from '../adapters/reading.ts'

const text = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null)

/**
 * A source with the simplest records there could be, for tests:
 * `{"id":"a","updated":"2026-01-01T00:00:00Z","title":"T","authors":["Ann Ar"],"venue":"V","abstract":"…",
 * "cited":7,"retracted":true}`; `"gone":true` or `"gone":"withdrawn"` for one that says so of itself, with what else it says.
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
      const updated = parseInstant(text(value['updated']) ?? '')
      const venue = text(value['venue'])
      return {
        ok: true,
        record: {
          ...blankRecord('plain', id),
          sourceUpdatedAt: updated ?? null,
          deleted: value['gone'] === true || value['gone'] === 'withdrawn',
          deletedBecause: text(value['gone']),
          citedByCount: count(value['cited']),
          retracted: value['retracted'] === true,
          title,
          titles: title === null ? [] : [{ text: title, language: null, kind: 'main' }],
          abstract: text(value['abstract']),
          type: 'article',
          venue: venueOf({ name: venue }),
          authors: names.map((name, at) => ({ ...blankAuthor(at + 1), name: String(name) })),
          warnings: title === null ? [{ code: 'no_title', pointer: '/title' }] : [],
        },
      }
    },
  }
}

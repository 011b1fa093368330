import { expect, it } from 'vitest'
import { checkText } from './sources-check.ts'

it('shows what each field was read from, what was refused, and what comes out', () => {
  const text = checkText({
    records: 3,
    refused: 1,
    fields: [
      { field: 'id', from: 'Id', records: 2 },
      { field: 'venue.issn', from: 'ISSN', records: 0 },
    ],
    refusals: [{ ordinal: 2, errors: [{ code: 'missing_field', pointer: '/Id', detail: 'the record has no id' }] }],
    warnings: { doi_unusable: 1 },
    samples: [{ sourceId: '1', abstract: null, authors: [] }],
  })
  expect(text).toBe(`3 records, 1 refused
  id          Id    in 2
  venue.issn  ISSN  in 0  <- nowhere
  refused: record 2: missing_field /Id the record has no id
  warned of: doi_unusable in 1
{
  "sourceId": "1"
}`)
})

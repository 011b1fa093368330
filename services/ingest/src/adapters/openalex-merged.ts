import { parseOpenAlexId } from '@atlas/identifiers'
import type { CsvRow } from '../formats/csv-row.ts'
import type { AdapterResult } from './adapter.ts'
import { blankRecord } from './blank.ts'
import { identifierOf, Reading } from './reading.ts'

/**
 * A row of the snapshot's `merged_ids/works`: `merge_date,id,merge_into_id`. The work is in its index no more under this id.
 * After https://docs.openalex.org/download-all-data/snapshot-data-format.
 */
export function readMergedId(row: CsvRow): AdapterResult {
  const reading = new Reading()
  const idOf = (key: 'id' | 'merge_into_id') => {
    const given = reading.sourceId(row[key], `/${key}`)
    const id = given === '' ? undefined : parseOpenAlexId(given)
    if (given !== '' && !id?.startsWith('W'))
      reading.refuse('invalid_field', `/${key}`, 'this is not a work of OpenAlex')
    return id ?? ''
  }
  const [id, into] = [idOf('id'), idOf('merge_into_id')]
  return reading.result(() => ({
    ...blankRecord('openalex', id),
    // The table knows the day only, and the work may have been changed on it: no stamp, and receipt decides.
    deleted: true,
    deletedBecause: 'merged',
    identifiers: [...identifierOf('openalex', id), ...identifierOf('openalex', into, 'identical')],
  }))
}

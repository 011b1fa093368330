import { parseOrcid } from '@atlas/identifiers'
import type { AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord } from './blank.ts'
import { ourWord } from './mapping.ts'
import { ownerIn, textIn } from './orcid-values.ts'
import { identifierOf, Reading } from './reading.ts'

// Errors with which ORCID says that a record is not to be seen any more: its owner closed it, it was locked, or it was
// merged into another (https://github.com/ORCID/ORCID-Source, orcid-core, i18n/api_en.properties).
const GONE: Readonly<Record<string, string>> = { 9044: 'withdrawn', 9018: 'deleted', 9007: 'deleted' }

/** An error of the API: the end of the record that it names, where it says so; else it is refused. */
export function readOrcidError(error: JsonObject): AdapterResult {
  const reading = new Reading()
  const code = textIn(reading, error['error-code'], '/error-code') ?? ''
  const message = textIn(reading, error['developer-message'], '/developer-message') ?? ''
  const because = ourWord(GONE, code)
  const iDs = message.match(/\d{4}-\d{4}-\d{4}-\d{3}[\dX]/g)?.flatMap((text) => parseOrcid(text) ?? []) ?? []
  const successor = /account:?\s{0,3}(?:https?:\/\/(?:sandbox\.)?orcid\.org\/)?([\dX-]{19})/i.exec(message)?.[1]
  const orcid = iDs.find((iD) => iD !== successor)
  if (because === undefined || orcid === undefined) {
    reading.refuse('unexpected_format', '', `an error of the API: ${message.slice(0, 200)}`)
  }
  return reading.result(() => ({
    ...blankRecord('orcid', orcid ?? ''),
    kind: 'author',
    deleted: true,
    deletedBecause: because ?? null,
    identifiers: [...identifierOf('orcid', orcid), ...identifierOf('orcid', ownerIn(successor), 'identical')],
  }))
}

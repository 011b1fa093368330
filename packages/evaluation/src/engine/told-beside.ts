import { parseDoi } from '@atlas/identifiers'
import { citedKeys, shortKey, type ToldBeside, toldBeside } from '@atlas/linkage'
import type { NeutralRecord } from '../neutral/types.ts'

/** Language, funding and citations of a record. A reference is a DOI, an identifier with its scheme, or the id of a record. */
export function toldBesideOf({ id, doi, language, funders, references }: NeutralRecord): ToldBeside {
  const own = doi === null ? undefined : parseDoi(doi)
  const told = toldBeside({
    language,
    funders: funders.map(({ name, ids, awards }) => ({ name, identifiers: ids, awards })),
    identifiers: own === undefined ? [] : [{ scheme: 'doi', value: own, relation: 'self' }],
    cites: citedKeys(references.map(referenceOf)),
  })
  const byId = references.map(idKey)
  return {
    ...told,
    ...(references.length === 0 ? {} : { cites: [...new Set([...(told.cites ?? []), ...byId])].sort(byNumber) }),
    citedAs: [...(told.citedAs ?? []), idKey(id)].sort(byNumber),
  }
}

function referenceOf(text: string): { readonly scheme: string; readonly value: string } {
  const doi = parseDoi(text)
  if (doi !== undefined) return { scheme: 'doi', value: doi }
  const at = text.indexOf(':')
  return { scheme: text.slice(0, Math.max(0, at)), value: text.slice(at + 1) }
}

function idKey(id: string): number {
  return shortKey(`record ${id}`)
}

function byNumber(a: number, b: number): number {
  return a - b
}

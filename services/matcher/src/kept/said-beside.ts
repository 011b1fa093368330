import type { RecordFunder, RecordOpenAccessLocation, RecordSnapshot } from '@atlas/schemas'

/** What a record says of a work beside describing it; what it does not say is absent. */
export interface SaidBeside {
  readonly openAccess: string | null
  readonly openAccessLocations?: readonly RecordOpenAccessLocation[]
  readonly licence?: string
  readonly funders?: readonly RecordFunder[]
  readonly referenceCount?: number
  readonly citedByCount?: number
}

// Of one record: a work shows as many at most.
export const MAX_LOCATIONS = 50
export const MAX_FUNDERS = 100
export const MAX_AWARDS = 100

export function saidBeside(record: RecordSnapshot): SaidBeside {
  const { openAccess, openAccessLocations, licence, funders, references, citedByCount } = record
  return {
    openAccess,
    ...(openAccessLocations.length > 0 ? { openAccessLocations: openAccessLocations.slice(0, MAX_LOCATIONS) } : {}),
    ...(licence === null ? {} : { licence }),
    ...(funders.length > 0 ? { funders: funders.slice(0, MAX_FUNDERS).map(bounded) } : {}),
    ...(references.length > 0 ? { referenceCount: references.length } : {}),
    ...(citedByCount === null ? {} : { citedByCount }),
  }
}

function bounded(funder: RecordFunder): RecordFunder {
  return { ...funder, awards: funder.awards.slice(0, MAX_AWARDS) }
}

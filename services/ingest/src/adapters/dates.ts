import type { RecordPartialDate } from '@atlas/schemas'

const DATE = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ].{0,40})?$/

/** A date with the precision it is written in (`2019`, `2019-03`, `2019-03-25T…`); undefined when it is none. */
export function parsePartialDate(text: string): RecordPartialDate | undefined {
  const found = DATE.exec(text.trim())
  if (!found) return undefined
  return partialDate(Number(found[1]), found[2] && Number(found[2]), found[3] && Number(found[3]))
}

type Part = number | string | null | undefined

/** A date of its parts; a month or day that cannot be is left out with what follows it, a year that cannot be is none. */
export function partialDate(year: number, month?: Part, day?: Part): RecordPartialDate | undefined {
  if (!Number.isInteger(year) || year < 1000 || year > 2200) return undefined
  const isMonth = typeof month === 'number' && Number.isInteger(month) && month >= 1 && month <= 12
  const isDay = isMonth && typeof day === 'number' && Number.isInteger(day) && day >= 1 && day <= daysIn(year, month)
  return { year, month: isMonth ? month : null, day: isDay ? day : null }
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** Milliseconds of an update stamp; without a zone it is UTC, as HAL and OpenAlex mean theirs. */
export function parseInstant(text: string): number | undefined {
  const trimmed = text.trim()
  if (!INSTANT.test(trimmed)) return undefined
  const iso = trimmed.replace(' ', 'T')
  const at = Date.parse(iso.length === 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}Z`)
  return Number.isNaN(at) ? undefined : at
}

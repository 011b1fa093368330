import type { RecordPartialDate } from '@atlas/schemas'
import { at, childOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import { partialDate } from './dates.ts'
import type { Reading } from './reading.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The issue's date; a season or a range of months (`1965 Dec-1966 Jan`) is as precise as its first year. */
export function publishedOn(reading: Reading, article: XmlElement | undefined): RecordPartialDate | null {
  const issue = at(article, 'Journal', 'JournalIssue', 'PubDate')
  const found =
    dateIn(issue) ?? yearOf(lineOf(childOf(issue, 'MedlineDate'))) ?? dateIn(childOf(article, 'ArticleDate'))
  if (found === undefined && issue !== undefined) reading.warn('date_unusable', '/Article/Journal/JournalIssue/PubDate')
  return found ?? null
}

/** Midnight, UTC, of the day on which the record was last revised: PubMed has no finer stamp. */
export function revisedOn(citation: XmlElement | undefined): number | null {
  const date = dateIn(childOf(citation, 'DateRevised')) ?? dateIn(childOf(citation, 'DateCreated'))
  return date === undefined ? null : Date.UTC(date.year, (date.month ?? 1) - 1, date.day ?? 1)
}

export function dateIn(element: XmlElement | undefined): RecordPartialDate | undefined {
  const year = lineOf(childOf(element, 'Year'))
  if (year === undefined) return undefined
  const day = lineOf(childOf(element, 'Day'))
  return partialDate(
    Number(year),
    monthOf(lineOf(childOf(element, 'Month'))),
    day === undefined ? undefined : Number(day),
  )
}

function monthOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const named = MONTHS.indexOf(text.toLowerCase()) + 1
  return named > 0 ? named : Number(text)
}

function yearOf(text: string | undefined): RecordPartialDate | undefined {
  const year = /\d{4}/.exec(text ?? '')?.[0]
  return year === undefined ? undefined : partialDate(Number(year))
}

// The Thai solar calendar is the Gregorian one with years counted from 543 BCE (CLDR's calendar "buddhist",
// https://unicode.org/reports/tr35/#UnicodeCalendarIdentifier), since 2484, which began on 1 January 1941. Years before began in
// spring, so that one of them is two of ours: they are left. The last one here is 2100.
const [FIRST, LAST, AHEAD] = [2484, 2643, 543]

/**
 * A date of somebody known to count in Buddhist years, with the year of the common era: `2541` is `1998`. Nothing is published in a
 * year that lies 500 years ahead, so no year of the common era is taken for a Buddhist one; other texts stay as they are.
 */
export function commonEra(text: string): string {
  const [, digits = '', rest = ''] = /^\s*(\d{4})(?!\d)(.*)$/s.exec(text) ?? []
  const year = Number(digits)
  return year >= FIRST && year <= LAST ? `${year - AHEAD}${rest}` : text
}

import { expect, it } from 'vitest'
import { commonEra } from './buddhist-years.ts'

it.each([
  ['2541', '1998'],
  ['2560-05-03', '2017-05-03'],
  [' 2560-05', '2017-05'],
  ['2484', '1941'],
  ['2643', '2100'],
  // Half of 2483 is 1940, and half 1941.
  ['2483', '2483'],
  ['2644', '2644'],
  ['2017', '2017'],
  ['1541', '1541'],
  ['25411', '25411'],
  ['n.d.', 'n.d.'],
  ['', ''],
])('%j is %j', (given, read) => {
  expect(commonEra(given)).toBe(read)
})

import { expect, test } from 'vitest'
import { changeText, statusText, summaryText } from './shadow-text.ts'

const run = { runId: 'r', version: 'works/1-b', against: 'works/1-a', phase: 'done', goneThrough: 70 }

test('what would change, and what hangs on it', () => {
  const summary = {
    kinds: { merges: 1, vanishes: 1 },
    changes: 2,
    candidates: 3,
    withdrawn: 1,
    decided: 1,
    outdated: 0,
    numberedSince: 0,
  }
  const text = summaryText({ run, summary, changes: [], next: null })
  expect(text).toContain('works/1-b in place of works/1-a: done, 70 works gone through')
  expect(text).toContain('1 would hold members of several works of now')
  expect(text).toContain('3 published candidates on them, 1 of them on slots that would be gone')
  expect(text).not.toContain('arrived')
  expect(
    summaryText({ run, summary: { ...summary, outdated: 1, numberedSince: 9 }, changes: [], next: null }),
  ).toContain('9 states were numbered since it began, and 1 of these works have changed')
})

test('a work now and then', () => {
  const text = changeText({
    workId: 'w',
    kinds: ['merges', 'canonical'],
    candidates: 2,
    withdrawn: 0,
    decided: 1,
    title: 'Brine',
    now: [{ record: 'hal:1', role: 'primary' }],
    next: [
      { record: 'crossref:2', role: 'primary' },
      { record: 'hal:1', role: 'duplicate' },
    ],
    redirectTo: null,
    fields: { title: ['Brin', 'Brine'] },
    slots: { kept: 1, changed: 0, gone: 0, added: 1 },
  })
  expect(text.split('\n')).toEqual([
    'w  merges, canonical  Brine',
    '  now   hal:1 (primary)',
    '  then  crossref:2 (primary), hal:1 (duplicate)',
    '  title: "Brin" → "Brine"',
    '  byline: 1 stay, 0 change, 0 go, 1 come',
    '  2 candidates, 0 withdrawn, 1 decided',
  ])
})

test('where things are', () => {
  expect(statusText({ shipped: 'works/1-a', inUse: null, run: null, rematch: null })).toBe(
    [
      'rules of the build  works/1-a',
      'rules in use        those of the build',
      'shadow              none yet',
      'going through all   done',
    ].join('\n'),
  )
})

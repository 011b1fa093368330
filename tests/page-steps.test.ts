import { expect, it } from 'vitest'
import { keepsClaim, stepsOf } from './support/page-steps.ts'

const claim = (kind: 'text' | 'json' | 'ndjson', text: string) => ({ kind, text, line: 1 })
const said = (stdout: string, stderr = '') => ({ stdout, stderr })

it('takes each block to paste with what is said to come of it', () => {
  const page = 'One\n\n```sh\necho a\n```\n\nanswers\n\n```text\na\n```\n\n```sh\ntrue\n```\n'
  expect(stepsOf(page)).toEqual([
    { line: 3, command: 'echo a\n', claims: [{ kind: 'text', line: 9, text: 'a\n' }] },
    { line: 13, command: 'true\n', claims: [] },
  ])
})

it('takes no block that would not be tried', () => {
  expect(() => stepsOf('```bash\necho a\n```\n')).toThrow('line 1: "bash" is not tried')
  expect(() => stepsOf('```text\na\n```\n')).toThrow('nothing before it was pasted')
})

it.each([
  ['text', 'a  b\n', 'a b', true],
  ['text', 'a …\n', 'a 17', true],
  ['text', 'a\n', 'a\nb', false],
  ['text', 'a\n…\nd\n', 'a\nb\nc\nd', true],
  ['text', 'a\n…\nd\n', 'a\nb\nc', false],
  ['text', '…\na\n…\n', 'b\na', true],
  ['text', 'a.c\n', 'abc', false],
  ['json', '{"a":1}', '{"a":1,"b":2}', true],
  ['json', '{"a":1}', '{"a":2}', false],
  ['json', '{"a":"…"}', '{"b":1}', false],
  ['json', '{"a":"…"}', '{"a":{"c":1}}', true],
  ['json', '{"a":[1]}', '{"a":[1,2]}', false],
  ['json', '{"a":[1,"…"]}', '{"a":[1,2]}', true],
  ['json', '{"a":1}', 'not json', false],
  ['ndjson', '{"a":1}\n…\n', '{"a":1,"b":1}\n{"c":1}', true],
  ['ndjson', '{"a":1}\n', '{"a":1}\n{"c":1}', false],
] as const)('%s that says %j of %j: %s', (kind, text, answer, kept) => {
  expect(keepsClaim(claim(kind, text), said(answer))).toBe(kept)
})

it('looks at what was written for people and for programs', () => {
  expect(keepsClaim(claim('text', 'b\n'), said('a', 'b'))).toBe(true)
  expect(keepsClaim(claim('text', 'a\nb\n'), said('a\n', 'b'))).toBe(true)
})

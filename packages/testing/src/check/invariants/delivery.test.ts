import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { QUARANTINE_CODES } from './delivery.ts'

it('the codes a message may be set aside with are those the page of errors gives to messages', () => {
  const page = readFileSync(new URL('../../../../../docs/errors.md', import.meta.url), 'utf8')
  const ofMessages = [...page.matchAll(/^\| <a id="(\w+)"><\/a>[^|]*\|[^|]*\ba message\b[^|]*\|/gm)]
  expect([...QUARANTINE_CODES].sort()).toEqual(ofMessages.map(([, code = '']) => code).sort())
})

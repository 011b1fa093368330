import { Problem, parseBody } from '@atlas/runtime'
import { describe, expect, it } from 'vitest'
import { parseEvidenceUrl } from './evidence-url.ts'
import { decisionRequest, preconditionOf } from './requests.ts'

const body = { decision: 'confirm', version: 0, revision: 1, via: 'web' }

function refused(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return `${error.status} ${error.code} ${error.options.errors?.[0]?.pointer ?? ''}`.trim()
  }
  return 'accepted'
}

describe('the body of a decision', () => {
  it.each<[string, object, string]>([
    ['as described', {}, 'accepted'],
    ['no decision', { decision: undefined }, '400 invalid_enum /decision'],
    ['CONFIRM', { decision: 'CONFIRM' }, '400 invalid_enum /decision'],
    ['a list of decisions', { decision: ['confirm'] }, '400 invalid_enum /decision'],
    ['via auto', { via: 'auto' }, '400 invalid_enum /via'],
    ['confidence as a number', { confidence: 0.9 }, '400 invalid_enum /confidence'],
    ['evidence as an object', { evidence: {} }, '400 invalid_field /evidence'],
    ['101 items of evidence', { evidence: Array(101).fill({ type: 'note' }) }, '400 too_many_items /evidence'],
    ['unknown evidence', { evidence: [{ type: 'rumour' }] }, '400 invalid_enum /evidence/0/type'],
    ['notes of 5,001 characters', { notes: 'x'.repeat(5_001) }, '400 field_too_long /notes'],
    ['notes of 5,000 characters with markup', { notes: '<b>'.padEnd(5_000, '=') }, 'accepted'],
    ['a private address', { evidence: [{ type: 'note', url: 'http://10.0.0.1/' }] }, '400 invalid_url /evidence/0/url'],
    ['no revision', { revision: undefined }, '400 missing_field /revision'],
    ['a broken revision', { revision: 1.5 }, '400 invalid_field /revision'],
    ...['decidedBy', 'decidedAt', 'seq', 'hash', 'status', 'isAdmin', 'id', 'profileId'].map(
      (field): [string, object, string] => [field, { [field]: 1 }, `400 unknown_field /${field}`],
    ),
  ])('with %s', (_what, over, answer) => {
    expect(refused(() => parseBody(decisionRequest, { ...body, ...over }))).toBe(answer)
  })

  it('keeps notes as they are, and none when there are only spaces', () => {
    expect(parseBody(decisionRequest, { ...body, notes: ' =1+1 ' }).notes).toBe(' =1+1 ')
    expect(parseBody(decisionRequest, { ...body, notes: ' \n ' }).notes).toBe(null)
  })
})

describe('the version a decision is made upon', () => {
  it.each<[string | undefined, number | undefined, string]>([
    [undefined, undefined, '428 precondition_required'],
    [undefined, 7, 'accepted'],
    ['"7"', undefined, 'accepted'],
    ['"7"', 7, 'accepted'],
    ['"7"', 8, '400 invalid_precondition'],
    ['*', undefined, '400 invalid_precondition'],
    ['W/"7"', undefined, '400 invalid_precondition'],
    ['7', undefined, '400 invalid_precondition'],
  ])('If-Match %s and body %s: %s', (ifMatch, version, answer) => {
    expect(refused(() => preconditionOf(ifMatch, version))).toBe(answer)
  })
})

describe('a link as evidence', () => {
  it.each([
    ['https://orcid.org/0000-0002-1825-0097', true],
    ['http://example.org:8080/a?b#c', true],
    ['https://user:secret@example.org/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['ftp://example.org/', false],
    ['https://localhost/', false],
    ['https://printer.local/', false],
    ['https://127.0.0.1/', false],
    ['https://0x7f.1/', false],
    ['https://2130706433/', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://[::1]/', false],
    ['https://[::ffff:10.0.0.1]/', false],
    ['https://[fd00::1]/', false],
    ['https://8.8.8.8/', true],
    ['not a link', false],
  ])('%s: %s', (url, allowed) => {
    expect(parseEvidenceUrl(url) !== undefined).toBe(allowed)
  })
})

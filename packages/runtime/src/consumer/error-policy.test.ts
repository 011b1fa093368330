import { describe, expect, it } from 'vitest'
import { RetryableError } from '../bus/errors.ts'
import { TooLargeError } from '../outbox/outbox.ts'
import { describeError, HandlerTimeoutError, meaningOf } from './error-policy.ts'

const coded = (code: string) => Object.assign(new Error('from the database'), { code })

describe('what an error means for a chunk', () => {
  it.each<[string, unknown, string]>([
    ['deadlock', coded('40P01'), 'contention'],
    ['lock timeout', coded('55P03'), 'contention'],
    ['statement timeout', coded('57014'), 'contention'],
    ['restart', coded('57P01'), 'unavailable'],
    ['disk full', coded('53100'), 'unavailable'],
    ['refused', coded('ECONNREFUSED'), 'unavailable'],
    ['demoted', coded('25006'), 'unavailable'],
    ['pool', new Error('timeout exceeded when trying to connect'), 'unavailable'],
    ['RetryableError', new RetryableError('later'), 'unavailable'],
    [
      'an error of another package that says so',
      Object.assign(new Error('registry'), { retryable: true }),
      'unavailable',
    ],
    ['M51 NUL', coded('22P05'), 'pg_22p05'],
    ['M51 index row', coded('54000'), 'pg_54000'],
    ['M53 foreign key', coded('23503'), 'constraint'],
    ['M54 unique', coded('23505'), 'constraint'],
    ['M55 table', coded('42P01'), 'deployment'],
    ['M55 rights', coded('42501'), 'deployment'],
    ['corruption', coded('XX001'), 'deployment'],
    ['M56 TypeError', new TypeError('x is undefined'), 'handler_defect'],
    ['M56 RangeError', new RangeError('deep'), 'handler_defect'],
    ['M56 a string', 'text', 'handler_defect'],
    ['M56 null', null, 'handler_defect'],
    ['M56 undefined', undefined, 'handler_defect'],
    ['M56 a frozen object', Object.freeze({}), 'handler_defect'],
    ['M57 never', new HandlerTimeoutError('30 s'), 'handler_timeout'],
    ['too large', new TooLargeError('7 MiB'), 'message_too_large'],
    ['M10 halt', Object.assign(new Error('changed'), { haltCode: 'schema_id_changed' }), 'schema_id_changed'],
  ])('%s', (_, error, means) => {
    const meaning = meaningOf(error)
    expect('code' in meaning ? meaning.code : meaning.type).toBe(means)
    expect(describeError(error)).toBeTypeOf('string')
  })
})

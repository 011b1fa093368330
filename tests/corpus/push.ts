import { type Elsewhere, idsOf } from './ids.ts'
import { IDENTIFIERS } from './push/identifiers.ts'
import { LINES } from './push/lines.ts'
import type { PushCase } from './push/push-case.ts'
import { REQUESTS } from './push/requests.ts'

export { WIRE } from './push/wire.ts'

/** Every number of the corpus about pushes. */
export const PUSH_IDS = idsOf('H', 90)

export const PUSH_CASES: readonly PushCase[] = [...REQUESTS, ...LINES, ...IDENTIFIERS]

const PUSH = 'services/ingest/src/push'

/** Those about time, several requests, other keys or a database that goes away, which a table cannot say. */
export const PUSH_ELSEWHERE: readonly Elsewhere[] = [
  { id: 'H02', in: [`${PUSH}/limits.int.test.ts`] },
  { id: 'H05', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H14', in: ['packages/runtime/src/http/listen.test.ts'] },
  { id: 'H15', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H16', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H17', in: [`${PUSH}/push.int.test.ts`] },
  // The answer is executed in the table; how long it takes is measured.
  { id: 'H23', in: ['packages/bench/src/benches/h23-keys.ts'] },
  { id: 'H24', in: [`${PUSH}/keys.int.test.ts`] },
  { id: 'H25', in: [`${PUSH}/keys.int.test.ts`, `${PUSH}/limits.int.test.ts`] },
  { id: 'H26', in: [`${PUSH}/keys.int.test.ts`] },
  { id: 'H27', in: [`${PUSH}/keys.int.test.ts`] },
  { id: 'H30', in: [`${PUSH}/limits.int.test.ts`] },
  { id: 'H31', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H37', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H39', in: ['tests/corpus/memory.int.test.ts'] },
  { id: 'H40', in: [`${PUSH}/push.int.test.ts`] },
  {
    id: 'H42',
    in: [`${PUSH}/keys.int.test.ts`, `${PUSH}/back-pressure.int.test.ts`, 'tests/corpus/large.delivery.test.ts'],
  },
  { id: 'H44', in: [`${PUSH}/keys.int.test.ts`, 'tests/corpus/large.delivery.test.ts'] },
  { id: 'H45', in: ['tests/corpus/memory.int.test.ts'] },
  { id: 'H46', in: ['tests/corpus/memory.int.test.ts'] },
  { id: 'H61', in: ['tests/corpus/memory.int.test.ts'] },
  { id: 'H80', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H84', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H85', in: [`${PUSH}/push.int.test.ts`] },
  { id: 'H90', in: [`${PUSH}/push.int.test.ts`] },
]

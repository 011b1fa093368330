import { describe, expect, it } from 'vitest'
import { operationsOf, parseHistory } from './history.ts'
import { createRecorder, outcomesOf } from './recorder.ts'

const clock = { now: () => 1_000, monotonic: () => 5 }
const ASKED = { profileId: 'p', candidateId: 'c', decision: 'confirm' }
const RECEIPT = { actId: 'a', chainSeq: 1, hash: 'h' }

describe('the history of clients', () => {
  it('is the same when it is written to a file and read again', () => {
    const recorder = createRecorder(clock)
    recorder.pushed('one', 'hal', ['x', 'y'], ['stored', 'refused'])
    recorder.pushed('one', 'hal', ['z'], 'unknown')
    recorder.decided('two', 'k', ASKED, 'unknown')
    recorder.decided('two', 'k', ASKED, RECEIPT)
    recorder.decided('two', 'l', ASKED, 'refused')
    const history = recorder.history()
    expect(operationsOf(parseHistory(recorder.text()))).toEqual(history)
    expect(history.pushes.map(({ end, answered }) => [end, answered?.outcomes])).toEqual([
      ['ok', ['stored', 'refused']],
      ['info', undefined],
    ])
    expect(history.acts.map(({ key, end, answered }) => [key, end, answered?.actId])).toEqual([
      ['k', 'info', undefined],
      ['k', 'ok', 'a'],
      ['l', 'fail', undefined],
    ])
  })

  it('takes an invocation without an end for one that nobody knows about', () => {
    const line = JSON.stringify({ t: 1, w: '', p: 'x', f: 'act', type: 'invoke', k: 'k', v: ASKED })
    expect(operationsOf(parseHistory(line)).acts).toMatchObject([{ end: 'info', answered: undefined }])
  })

  it('leaves out the torn last line of a client that was killed, and refuses any other', () => {
    const recorder = createRecorder(clock)
    recorder.decided('two', 'k', ASKED, RECEIPT)
    expect(parseHistory(`${recorder.text()}{"t":1,"w"`)).toHaveLength(2)
    expect(() => parseHistory(`{"t":1}\n${recorder.text()}`)).toThrow('line 1 is no line of a history')
  })

  it('learns the outcomes of lines from the refused ones', () => {
    expect(outcomesOf(['a', 'b', 'c'], { errors: [{ line: 2 }] })).toEqual(['kept', 'refused', 'kept'])
  })
})

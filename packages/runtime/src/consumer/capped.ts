import type { Clock } from '../clock.ts'
import type { Tx } from '../postgres/database.ts'
import { HandlerTimeoutError } from './error-policy.ts'

// A reason that is made anew each time would carry a stack nobody reads.
const ENDED = 'the handler has ended'

/**
 * Runs a handler in a transaction for at most `capMs`. Afterwards the transaction it was given refuses further
 * statements: a handler that never settled must not write into somebody else's transaction.
 */
export async function capped<T>(clock: Clock, capMs: number, tx: Tx, run: (tx: Tx) => Promise<T>): Promise<T> {
  let open = true
  const refuseWhenClosed = () => {
    if (!open) throw new Error('the transaction of this handler has ended')
  }
  const guarded: Tx = {
    get client() {
      refuseWhenClosed()
      return tx.client
    },
    async query(text, values, name) {
      refuseWhenClosed()
      return tx.query(text, values, name)
    },
  }
  const ended = new AbortController()
  try {
    return await Promise.race([
      run(guarded),
      clock.sleep(capMs, ended.signal).then(() => {
        throw new HandlerTimeoutError(`the handler took longer than ${capMs} ms`)
      }),
    ])
  } finally {
    open = false
    ended.abort(ENDED)
  }
}

/** A connection that is thrown away when it stops working, and made anew for the next caller. */
export interface Replaceable<C> extends AsyncDisposable {
  /** The present one; made when there is none. */
  get(): Promise<C>
  /** Throws this one away, unless that has happened already. Does not wait for it to close. */
  drop(connection: C): void
}

export function createReplaceable<C>(open: () => Promise<C>, close: (connection: C) => Promise<void>): Replaceable<C> {
  let current: Promise<C> | undefined
  const closing = new Set<Promise<void>>()

  const closeLater = (connection: C) => {
    // Whatever it says on its way out, it is gone.
    const done = close(connection)
      .catch(() => undefined)
      .finally(() => closing.delete(done))
    closing.add(done)
  }
  return {
    get() {
      current ??= open()
      const opening = current
      // One that could not be opened must not be handed out again.
      opening.catch(() => {
        if (current === opening) current = undefined
      })
      return opening
    },
    drop(connection) {
      const present = current
      current = undefined
      present?.then(
        (other) => {
          if (other === connection) closeLater(connection)
          else current ??= present
        },
        () => undefined,
      )
    },
    async [Symbol.asyncDispose]() {
      const present = await current?.catch(() => undefined)
      current = undefined
      if (present) closeLater(present)
      await Promise.all(closing)
    },
  }
}

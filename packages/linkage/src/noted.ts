/**
 * The same function, which works out each object once: what comes out is noted on the object itself, where neither a copy of it
 * nor JSON shows it. A `WeakMap` would do the same, but for V8's young collections everything in one is alive: what is noted, and
 * the object that it names, would go only when the whole heap is collected. Objects are never changed after they were noted on.
 */
export function noted<O extends object, V extends object>(workOut: (object: O) => V): (object: O) => V {
  const note = Symbol('noted')
  return (object) => {
    const known = (object as { readonly [note]?: V })[note]
    if (known !== undefined) return known
    const value = workOut(object)
    Object.defineProperty(object, note, { value })
    return value
  }
}

/** Tells what happens: a line a step, with the seconds since the start, and on a terminal what is being waited for. */
export interface Story {
  chapter(title: string): void
  say(line: string): void
  /** Replaces itself on a terminal; elsewhere it is told now and then. */
  progress(line: string): void
}

export function createStory(out: NodeJS.WriteStream, now: () => number): Story {
  const started = now()
  const seconds = () => `${((now() - started) / 1000).toFixed(1).padStart(6)} s`
  let open = false
  let last = Number.NEGATIVE_INFINITY
  const close = () => {
    if (open) out.write('\r\u001b[K')
    open = false
  }
  return {
    chapter(title) {
      close()
      out.write(`\n${seconds()}  ${title}\n`)
    },
    say(line) {
      close()
      out.write(`          ${line}\n`)
    },
    progress(line) {
      if (out.isTTY) {
        out.write(`\r\u001b[K          … ${line}`)
        open = true
      } else if (now() - last > 5_000) {
        last = now()
        out.write(`          … ${line}\n`)
      }
    },
  }
}

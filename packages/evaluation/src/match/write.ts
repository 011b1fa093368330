import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** Writes one line of JSON a value, each before the next is made; tells how many there are so far. */
export async function writeLines(
  file: string,
  values: Iterable<unknown>,
  onLine: (written: number) => void,
): Promise<void> {
  const out = createWriteStream(file)
  const done = finished(out)
  await Promise.race([once(out, 'open'), done])
  let written = 0
  for (const value of values) {
    if (!out.write(`${JSON.stringify(value)}\n`)) await Promise.race([once(out, 'drain'), done])
    onLine(++written)
  }
  out.end()
  await done
}

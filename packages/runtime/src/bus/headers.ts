import { isUtf8 } from 'node:buffer'

const MAX_HEADERS = 32
const MAX_BYTES = 8 * 1024

type Given = Buffer | string | null | undefined

/** Headers as the log has them: a name that came more than once has an array. */
export type GivenHeaders = Readonly<Record<string, Given | readonly Given[]>>

/** Headers as text, and what is wrong with them, if anything; of a repeated one the first value counts. */
export function decodeHeaders(given: GivenHeaders | undefined): {
  readonly headers: ReadonlyMap<string, string>
  readonly fault: string | undefined
} {
  const headers = new Map<string, string>()
  const faults: string[] = []
  let count = 0
  let bytes = 0
  for (const [name, values] of Object.entries(given ?? {})) {
    for (const value of Array.isArray(values) ? values : [values]) {
      const text = value === null || value === undefined ? undefined : value.toString()
      count++
      bytes += name.length + (typeof value === 'string' ? Buffer.byteLength(value) : (value?.length ?? 0))
      if (text === undefined) faults.push(`header ${quoted(name)} is null`)
      else if (Buffer.isBuffer(value) && !isUtf8(value)) faults.push(`header ${quoted(name)} is no text`)
      const before = headers.get(name.toLowerCase())
      if (before !== undefined && before !== text)
        faults.push(`header ${quoted(name)} came twice, with different values`)
      else headers.set(name.toLowerCase(), text ?? '')
    }
  }
  if (count > MAX_HEADERS) faults.unshift(`${count} headers are more than ${MAX_HEADERS}`)
  if (bytes > MAX_BYTES) faults.unshift(`${bytes} bytes of headers are more than ${MAX_BYTES}`)
  return { headers, fault: faults[0] }
}

function quoted(name: string): string {
  return `"${name.slice(0, 40)}"`
}

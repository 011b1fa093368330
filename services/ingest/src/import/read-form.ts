import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '@atlas/runtime'
import busboy from 'busboy'

/** The one file of a form. */
export interface FormFile {
  /** As the sender calls it; for display only. */
  readonly name: string | undefined
  /** Throws a `Problem` at its end where the form is not one file and nothing else. */
  readonly content: AsyncIterable<Uint8Array>
}

const LIMITS = { files: 1, fields: 1, parts: 2, fieldSize: 64 * 1024, fieldNameSize: 100 } as const
const CLOSE = { headers: { Connection: 'close' } }

/** Reads `multipart/form-data` as it comes. What goes wrong with `bytes` is thrown as it came. */
export async function readForm(headers: IncomingHttpHeaders, bytes: AsyncIterable<Uint8Array>): Promise<FormFile> {
  const form = parser(headers)
  const faults: Problem[] = []
  const fault = (detail: string) => faults.push(invalid(detail))
  form.on('filesLimit', () => fault('send one file, not several'))
  form.on('fieldsLimit', () => fault('send one file and nothing else'))
  form.on('partsLimit', () => fault('send one file and nothing else'))
  form.on('field', (_name, _value, { valueTruncated }) => {
    if (valueTruncated) faults.unshift(new Problem(413, 'body_too_large', 'a field of the form is too long', CLOSE))
    else fault('send one file and nothing else: options stand in the address')
  })
  const first = new Promise<{ readonly name: string | undefined; readonly stream: Readable } | undefined>((resolve) => {
    form.once('file', (_field, stream, { filename }) => {
      // It fails with the form, whether somebody reads it or not.
      stream.on('error', () => undefined)
      resolve({ name: filename, stream })
    })
    form.once('close', () => resolve(undefined))
  })
  const over = new AbortController()
  const feeding = feed(form, bytes, over.signal)
  // It is waited for where the form ends; nobody may be there yet when it fails.
  feeding.catch(() => undefined)
  const settle = async () => {
    await feeding
    if (faults[0]) throw faults[0]
  }
  const file = await first
  if (file === undefined) {
    await settle()
    throw invalid('the form has no file')
  }
  return { name: file.name, content: contentOf(file.stream, settle, over) }
}

async function* contentOf(
  stream: Readable,
  settle: () => Promise<void>,
  over: AbortController,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    // A form that fails takes its file with it; the cause is the form's.
    await settle()
    throw error
  } finally {
    if (!stream.readableEnded) over.abort()
  }
  await settle()
}

function parser(headers: IncomingHttpHeaders): busboy.Busboy {
  try {
    return busboy({ headers, limits: LIMITS, defParamCharset: 'utf8' })
  } catch {
    throw invalid('the boundary of the form is missing')
  }
}

async function feed(form: busboy.Busboy, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  let failure: { readonly error: unknown } | undefined
  // The form's own failure is thrown into whoever feeds it: only what comes out of `bytes` is the sender's.
  async function* watched() {
    const source = bytes[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = await source.next().catch((error: unknown) => {
          failure = { error }
          throw error
        })
        if (next.done === true) return
        yield next.value
      }
    } finally {
      await source.return?.()
    }
  }
  try {
    await pipeline(Readable.from(watched()), form, { signal })
  } catch (error) {
    if (failure) throw failure.error
    throw signal.aborted ? error : invalid('the form is broken or ends early')
  }
}

function invalid(detail: string): Problem {
  return new Problem(400, 'multipart_invalid', detail, CLOSE)
}

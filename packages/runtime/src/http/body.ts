import type { RequestHandler } from 'express'
import { parseStrict } from '../json/strict-json.ts'
import { Problem } from './problem.ts'

const LIMIT = 64 * 1024

/** Reads a JSON body of at most 64 KiB, or the limit given, strictly: what two parsers could read differently is refused. */
export function jsonBody(limit: number = LIMIT): RequestHandler {
  return async (request, _response, next) => {
    const type = request.headers['content-type'] ?? ''
    if (!/^application\/json(\s*;\s*charset="?utf-8"?)?\s*$/i.test(type))
      throw new Problem(415, 'unsupported_media_type', 'send application/json')
    if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity')
      throw new Problem(415, 'encoding_unsupported', 'send the body uncompressed')
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit)
        throw new Problem(413, 'body_too_large', `a body has at most ${limit} bytes`, {
          headers: { Connection: 'close' },
        })
      chunks.push(chunk)
    }
    if (size === 0) throw new Problem(400, 'body_required', 'send a JSON object')
    const parsed = parseStrict(Buffer.concat(chunks))
    if (!parsed.ok) {
      const { code, detail, pointer } = parsed.error
      throw new Problem(400, code, detail, pointer === undefined ? {} : { errors: [{ code, detail, pointer }] })
    }
    request.body = parsed.value
    next()
  }
}

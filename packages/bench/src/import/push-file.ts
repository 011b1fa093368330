import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Deployment, PushAnswer } from '@atlas/testing/deployment'
import type { MadeFile } from './made-files.ts'

/** Pushes a file of works in one request, as fast as it is taken. Seconds until it is answered. */
export async function pushFile(deployment: Deployment, key: string, file: MadeFile): Promise<number> {
  const began = performance.now()
  const answer = await fetch(new URL('/v1/sources/openalex/records', deployment.url('ingest')), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(createReadStream(file.path, { highWaterMark: 1 << 18 })) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
  const { counts } = (await answer.json()) as PushAnswer
  if (counts?.stored !== file.records)
    throw new Error(`not all were stored: ${answer.status} ${JSON.stringify(counts)}`)
  return (performance.now() - began) / 1000
}

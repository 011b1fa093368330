import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib'
import type { Input } from './decompress.ts'

/** Unpacks until the end of a frame, and gives back to the input what was taken too much. */
export async function* unpackFrame(input: Input, encoding: 'gzip' | 'zstd'): AsyncGenerator<Uint8Array> {
  const frame = encoding === 'gzip' ? createGunzip() : createZstdDecompress()
  // The failure is thrown by the iteration below; the listener keeps a second one from ending the process.
  frame.on('error', () => undefined)
  const feeding = feed(frame, input).catch((error: unknown) => {
    frame.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    for await (const chunk of frame as AsyncIterable<Uint8Array>) yield chunk
    await feeding
  } finally {
    frame.destroy()
  }
}

async function feed(frame: Gunzip | ZstdDecompress, input: Input): Promise<void> {
  let fed = 0
  for (let chunk = await input.next(); chunk !== undefined; chunk = await input.next()) {
    await write(frame, chunk)
    fed += chunk.byteLength
    // What it leaves of a chunk it does not want: the frame has ended, and so has its output.
    const left = fed - frame.bytesWritten
    if (left > 0) {
      input.giveBack(chunk.subarray(chunk.byteLength - left))
      return
    }
  }
  frame.end()
}

function write(frame: Gunzip | ZstdDecompress, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    frame.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}

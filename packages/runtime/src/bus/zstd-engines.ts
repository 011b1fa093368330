import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

/**
 * Zstandard (RFC 8878) in one step, by an engine that is kept. Node makes a stream, with all that it holds, for each call of
 * `zstdCompressSync` and its like: 30 µs for a batch of 2 kB, where 3 are the work, and V8's young collections take each for
 * alive, with its output, until the whole heap is collected.
 */
export interface Engine {
  /** Reads all of `from` and writes to `into`; how many bytes it wrote, or undefined: it failed, or there was too little room. */
  run(from: Buffer, into: Buffer): number | undefined
}

/** What is known here of the inside of Node's streams. */
interface Inside {
  readonly _handle?: Partial<Handle>
  /** Room that is left behind the output, and bytes of the input that are. */
  readonly _writeState?: Uint32Array
}

interface Handle {
  onerror: (message: string) => void
  writeSync(
    flush: number,
    from: Buffer,
    fromAt: number,
    fromBytes: number,
    into: Buffer,
    intoAt: number,
    intoBytes: number,
  ): void
}

/** Packs whole frames, each of which says how large it is. */
export function packingEngine(level: number): Engine {
  return keptEngine(() => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: level } }))
}

/** Unpacks frames that are whole, as `frameSize` finds them: half of one would be the beginning of the next. */
export function unpackingEngine(): Engine {
  return keptEngine(() => createZstdDecompress())
}

function keptEngine(make: () => Inside & { destroy(): unknown }): Engine {
  let stream: ReturnType<typeof make> | undefined
  let failed = false
  const fail = () => {
    failed = true
  }
  return {
    run(from, into) {
      stream ??= make()
      const { _handle: handle, _writeState: state } = stream
      if (handle?.writeSync === undefined || state === undefined) return undefined
      failed = false
      handle.onerror = fail
      handle.writeSync(constants.ZSTD_e_end, from, 0, from.length, into, 0, into.length)
      const [room = 0, left = 0] = state
      // Where there is no room left nobody knows whether it has ended.
      if (!failed && left === 0 && room > 0) return into.length - room
      stream.destroy()
      stream = undefined
      return undefined
    },
  }
}

// RFC 8878, 3.1.1: magic number, descriptor, window, dictionary, content size; blocks with a head of three bytes; checksum.
const MAGIC = 0xfd2fb528
const SIZE_BYTES = [0, 2, 4, 8] as const
const DICTIONARY_BYTES = [0, 1, 2, 4] as const
const BLOCK_HEAD = 3
const RLE = 1
const RESERVED = 3
const CHECKSUM_BYTES = 4

/** How many bytes the one frame that these are unpacks to, as it says; undefined where it does not, or they are anything else. */
export function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length < 5 || bytes.readUInt32LE(0) !== MAGIC) return undefined
  const descriptor = bytes[4] ?? 0
  const single = (descriptor & 0x20) > 0
  const sizeBytes = SIZE_BYTES[(descriptor >> 6) as 0 | 1 | 2 | 3] || (single ? 1 : 0)
  let at = 5 + (single ? 0 : 1) + DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3]
  if (sizeBytes === 0 || bytes.length < at + sizeBytes) return undefined
  const size = Number(bytes.readUIntLE(at, Math.min(sizeBytes, 6))) + (sizeBytes === 2 ? 256 : 0)
  if (sizeBytes === 8 && bytes.readUInt16LE(at + 6) > 0) return undefined
  at += sizeBytes
  for (let last = false; !last; ) {
    if (bytes.length < at + BLOCK_HEAD) return undefined
    const head = bytes.readUIntLE(at, BLOCK_HEAD)
    const type = (head >> 1) & 3
    if (type === RESERVED) return undefined
    last = (head & 1) > 0
    at += BLOCK_HEAD + (type === RLE ? 1 : head >> 3)
  }
  if ((descriptor & 4) > 0) at += CHECKSUM_BYTES
  return at === bytes.length ? size : undefined
}

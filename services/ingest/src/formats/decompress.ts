export class CompressionError extends Error {
  readonly code: 'bad_compression' | 'decompressed_too_large'
  constructor(code: CompressionError['code'], detail: string) {
    super(detail)
    this.code = code
  }
}

/** `auto` looks at the first bytes (files); a named encoding is insisted on (HTTP). Throws `CompressionError`. */
export declare function decompress(
  stream: AsyncIterable<Uint8Array>,
  encoding: 'auto' | 'identity' | 'gzip' | 'zstd',
): AsyncIterable<Uint8Array>

import type { DecodeErrorCode } from '../codec.ts'

/** Bytes that are not a value of their schema, or a value that no reader would take. */
export class InvalidBodyError extends Error {
  override readonly name = 'InvalidBodyError'
  readonly code: DecodeErrorCode

  constructor(code: DecodeErrorCode, detail: string) {
    super(detail)
    this.code = code
  }
}

import type { DecodeErrorCode } from '../codec.ts'

export const FRAME_BYTES = 5

export type Frame =
  | { readonly ok: true; readonly id: number }
  | { readonly ok: false; readonly code: DecodeErrorCode; readonly detail: string }

/** The schema id of a framed value; the body starts at `FRAME_BYTES`. */
export function parseFrame(value: Buffer | null): Frame {
  if (value === null) return refused('null_value', 'no value')
  if (value.length < FRAME_BYTES) return refused('frame_too_short', `${value.length} bytes`)
  if (value[0] !== 0) return refused('bad_magic', `starts with ${guess(value)}`)
  return { ok: true, id: value.readInt32BE(1) }
}

export function writeFrame(into: Buffer, id: number): void {
  into[0] = 0
  into.writeInt32BE(id, 1)
}

function refused(code: DecodeErrorCode, detail: string): Frame {
  return { ok: false, code, detail }
}

const FORMATS: readonly { readonly name: string; readonly magic: readonly number[] }[] = [
  { name: 'plain JSON', magic: [0x7b] },
  { name: 'plain JSON', magic: [0x5b] },
  { name: 'gzip', magic: [0x1f, 0x8b] },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'an Avro container file', magic: [0x4f, 0x62, 0x6a, 0x01] },
]

function guess(value: Buffer): string {
  const format = FORMATS.find(({ magic }) => magic.every((byte, index) => value[index] === byte))
  return format?.name ?? `0x${value.subarray(0, 1).toString('hex')}`
}

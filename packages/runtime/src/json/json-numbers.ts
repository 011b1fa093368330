const MAX_DIGITS = 40
const MAX_EXPONENT = 308
const POINT = 0x2e

/**
 * Why a number cannot be kept as it was sent; undefined when it can, or is no number (the parser's business). Counts
 * bytes, because scores of 17 digits are frequent: 30 a record of OpenAlex.
 */
export function numberFault(
  bytes: Uint8Array,
  start: number,
  end: number,
): 'number_out_of_range' | 'number_not_exact' | undefined {
  let digits = 0
  let isInteger = true
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte >= 0x30 && byte <= 0x39) digits += 1
    else if (byte === POINT) isInteger = false
    else if ((byte | 0x20) === 0x65) return exponentFault(bytes, start, i, end, digits)
  }
  if (digits > MAX_DIGITS) return 'number_out_of_range'
  if (!isInteger || digits < 16) return undefined
  const text = textOf(bytes, start, end)
  return /^-?\d+$/.test(text) && BigInt(text) !== BigInt(Number(text)) ? 'number_not_exact' : undefined
}

function exponentFault(bytes: Uint8Array, start: number, at: number, end: number, digits: number) {
  if (digits > MAX_DIGITS || end - at > MAX_DIGITS) return 'number_out_of_range'
  const exponent = Number(textOf(bytes, at + 1, end))
  const value = Number(textOf(bytes, start, end))
  return Math.abs(exponent) > MAX_EXPONENT || Math.abs(value) === Number.POSITIVE_INFINITY
    ? 'number_out_of_range'
    : undefined
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}

/** A message as the library hands it on. */
export interface LibraryRecord {
  readonly key?: Buffer | string | null
  readonly value?: Buffer | string | null
  readonly headers?: Readonly<Record<string, Buffer | string | readonly string[]>>
}

type Field = Buffer | string | null | undefined

/** What is known of a record before it is written. */
export interface MeasuredRecord {
  readonly record: LibraryRecord
  readonly offsetDelta: number
  /** Names and values of its headers in turn. */
  readonly fields: readonly Field[]
  /** Of what stands behind its length. */
  readonly size: number
}

export function measureRecord(record: LibraryRecord, offsetDelta: number): MeasuredRecord {
  const { key, value, headers = {} } = record
  const fields = fieldsOf(headers)
  // Attributes and the difference in time, a byte each.
  let size = 2 + sizeOfVarInt(offsetDelta) + sizeOfField(key) + sizeOfField(value) + sizeOfVarInt(fields.length >> 1)
  for (const field of fields) size += sizeOfField(field)
  return { record, offsetDelta, fields, size }
}

/** With its length before it. */
export function wholeSize({ size }: MeasuredRecord): number {
  return sizeOfVarInt(size) + size
}

/** Writes a record of a batch (Kafka's message format v2), byte for byte as the library does; returns where it ends. */
export function writeRecord(buffer: Buffer, from: number, measured: MeasuredRecord): number {
  const { record, offsetDelta, fields, size } = measured
  let at = writeVarInt(buffer, from, size)
  buffer[at++] = 0
  buffer[at++] = 0
  at = writeVarInt(buffer, at, offsetDelta)
  at = writeField(buffer, at, record.key)
  at = writeField(buffer, at, record.value)
  at = writeVarInt(buffer, at, fields.length >> 1)
  for (const field of fields) at = writeField(buffer, at, field)
  return at
}

/** Names and values in turn; one name may have several values. */
function fieldsOf(headers: NonNullable<LibraryRecord['headers']>): Field[] {
  const fields: Field[] = []
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (Array.isArray(value)) for (const one of value) fields.push(name, one)
    else fields.push(name, value as Buffer | string)
  }
  return fields
}

function sizeOfField(field: Field): number {
  if (field === null || field === undefined) return 1
  const size = sizeOf(field)
  return sizeOfVarInt(size) + size
}

function sizeOf(field: Buffer | string): number {
  return typeof field === 'string' ? Buffer.byteLength(field) : field.length
}

function writeField(buffer: Buffer, from: number, field: Field): number {
  if (field === null || field === undefined) return writeVarInt(buffer, from, -1)
  const at = writeVarInt(buffer, from, sizeOf(field))
  return at + (typeof field === 'string' ? buffer.write(field, at) : field.copy(buffer, at))
}

function sizeOfVarInt(value: number): number {
  let left = zigZag(value)
  let size = 1
  while (left > 0x7f) {
    left >>>= 7
    size += 1
  }
  return size
}

function writeVarInt(buffer: Buffer, from: number, value: number): number {
  let left = zigZag(value)
  let at = from
  while (left > 0x7f) {
    buffer[at++] = (left & 0x7f) | 0x80
    left >>>= 7
  }
  buffer[at++] = left
  return at
}

function zigZag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0
}

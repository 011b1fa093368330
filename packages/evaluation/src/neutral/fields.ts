/** Something is wrong with one field of one line. */
export class FieldError extends Error {
  override readonly name = 'FieldError'
}

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FieldError(`${what} is not an object`)
  return value as Fields
}

export function textOf(of: Fields, field: string): string {
  const value = present(of, field)
  if (typeof value !== 'string') throw new FieldError(`"${field}" is not text`)
  if (value === '') throw new FieldError(`"${field}" is empty`)
  return value
}

/** `null` where the field is absent, `null` or empty. */
export function optionalText(of: Fields, field: string): string | null {
  const value = of[field] ?? null
  if (value !== null && typeof value !== 'string') throw new FieldError(`"${field}" is neither text nor null`)
  return value === '' ? null : value
}

export function optionalWhole(of: Fields, field: string): number | null {
  const value = of[field] ?? null
  if (value !== null && !Number.isInteger(value)) throw new FieldError(`"${field}" is neither a whole number nor null`)
  return value as number | null
}

export function indexOf(of: Fields, field: string): number {
  const value = present(of, field)
  if (!Number.isInteger(value) || Number(value) < 0) throw new FieldError(`"${field}" is not an index from 0`)
  return Number(value)
}

export function listOf<T>(of: Fields, field: string, item: (value: unknown, what: string) => T): readonly T[] {
  const value = present(of, field)
  if (!Array.isArray(value)) throw new FieldError(`"${field}" is not a list`)
  return value.map((one, at) => item(one, `"${field}[${at}]"`))
}

export function optionalList<T>(of: Fields, field: string, item: (value: unknown, what: string) => T): readonly T[] {
  return (of[field] ?? null) === null ? [] : listOf(of, field, item)
}

export function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new FieldError(`${what} is not text`)
  return value
}

/** An error inside a field says where it is. */
export function inside<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof FieldError) throw new FieldError(`${what}: ${error.message}`, { cause: error })
    throw error
  }
}

function present(of: Fields, field: string): unknown {
  const value = of[field]
  if (value === undefined) throw new FieldError(`"${field}" is missing`)
  return value
}

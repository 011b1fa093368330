import { RegistryUnavailableError } from './errors.ts'
import type { Answer } from './http-request.ts'

/** Readers of a registry's answers: what has not the promised form counts as no answer at all. */

type Fields = Readonly<Record<string, unknown>>

/** The answer's object, or undefined when the registry says that it has no such thing. */
export function found(answer: Answer): unknown {
  if (answer.status === 404 && isMissing(answer)) return undefined
  if (answer.status >= 400) throw unusable(answer)
  return answer.body
}

// 404 alone may come from a proxy or a wrong path: 40401 subject, 40402 version, 40403 schema.
function isMissing(answer: Answer): boolean {
  const code = fieldsOf(answer.body)['error_code']
  return code === 40401 || code === 40402 || code === 40403
}

export function unusable(answer: Answer): RegistryUnavailableError {
  const { error_code: code, message } = fieldsOf(answer.body)
  return new RegistryUnavailableError(`registry answered ${answer.status} ${code ?? ''} ${message ?? ''}`.trim())
}

export function idOf(body: unknown): number {
  const { id } = fieldsOf(body)
  if (typeof id === 'number' && Number.isInteger(id) && id > 0) return id
  throw new RegistryUnavailableError('registry answered without a schema id')
}

export function textOf(body: unknown, name: string): string {
  const text = fieldsOf(body)[name]
  if (typeof text === 'string') return text
  throw new RegistryUnavailableError(`registry answered without "${name}"`)
}

/** Absent means Avro: the first versions of the API knew nothing else. */
export function schemaTypeOf(body: unknown): string {
  const type = fieldsOf(body)['schemaType']
  return typeof type === 'string' ? type : 'AVRO'
}

export function listOf<T>(body: unknown, isItem: (item: unknown) => item is T): readonly T[] {
  if (Array.isArray(body) && body.every(isItem)) return body
  throw new RegistryUnavailableError('registry answered no list')
}

export function isString(item: unknown): item is string {
  return typeof item === 'string'
}

export function isNumber(item: unknown): item is number {
  return typeof item === 'number'
}

export function fieldsOf(body: unknown): Fields {
  return typeof body === 'object' && body !== null ? (body as Fields) : {}
}

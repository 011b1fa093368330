import canonicalize from 'canonicalize'

/** RFC 8785: equal for values that differ in the order of keys only. */
export function canonicalJson(value: object): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('a value of no JSON type cannot be made canonical')
  return text
}

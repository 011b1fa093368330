/**
 * Whether what is stored says nothing but what a message says: every field of it, at any depth, has the message's value.
 * The message may say more. Bytes may be stored as hex, moments as ISO 8601, and no text as null.
 */
export function isPartOf(stored: unknown, told: unknown): boolean {
  if (stored === told) return true
  if (stored === null) return told === undefined || told === ''
  if (Buffer.isBuffer(told)) return stored === told.toString('hex')
  if (typeof stored === 'string' && typeof told === 'number') return Date.parse(stored) === told
  if (typeof stored !== 'object' || typeof told !== 'object' || told === null) return false
  if (Array.isArray(stored) || Array.isArray(told))
    return (
      Array.isArray(stored) &&
      Array.isArray(told) &&
      stored.length === told.length &&
      stored.every((item, index) => isPartOf(item, told[index]))
    )
  const fields = new Map<string, unknown>(Object.entries(told))
  return Object.entries(stored).every(([name, value]) => fields.has(name) && isPartOf(value, fields.get(name)))
}

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { uuidv5 } from './ids.ts'

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'

it('is what RFC 9562 has as its example', () => {
  expect(uuidv5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

it('is SHA-1 of namespace and name with version and variant set, whatever the text and whatever came before', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 900, maxLength: 3_000 }))
  fc.assert(
    fc.property(fc.uuid(), texts, (namespace, name) => {
      const bytes = createHash('sha1').update(namespace.replaceAll('-', ''), 'hex').update(name, 'utf8').digest()
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
      expect(uuidv5(namespace, name).replaceAll('-', '')).toBe(bytes.toString('hex', 0, 16))
    }),
  )
})

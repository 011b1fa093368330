import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Framed, RawElement } from './framed.ts'
import { LATIN1_ENTITIES } from './latin1-entities.ts'
import { parseXml } from './parse-xml.ts'
import { type FileOptions, recordsOfFile } from './records-of-file.ts'
import { declaredEncoding } from './xml-encoding.ts'
import { textOf } from './xml-tree.ts'

const adapter: FileOptions['adapter'] = {
  source: 'made-up',
  formats: ['json', 'xml'],
  shapes: [
    { format: 'json', path: ['results', '*'] },
    { format: 'json', path: ['message', 'items', '*'] },
    { format: 'json', path: ['message'] },
    { format: 'xml', uri: 'urn:a', local: 'rec' },
    { format: 'xml', uri: '', local: 'id', parent: 'gone' },
  ],
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

function records(text: string | Uint8Array, fileName = 'a.json', chunk = 1 << 16): Promise<Framed[]> {
  return Array.fromAsync(recordsOfFile(inChunks(Buffer.from(text), chunk), { adapter, fileName }))
}

const shown = (framed: Framed) => (framed.ok ? Buffer.from(framed.element.bytes).toString() : `!${framed.error.code}`)
const cut = async (text: string | Uint8Array, fileName?: string, chunk?: number) =>
  (await records(text, fileName, chunk)).map(shown)

describe('JSON', () => {
  it.each([
    ['an array', '[{"a":1}, {"a":2} ]', ['{"a":1}', '{"a":2}']],
    ['a record', '{\n "a": [1, {"results": []}]\n}\n', ['{\n "a": [1, {"results": []}]\n}']],
    ['an answer', '{"meta":{"n":2},"results":[{"a":"]}"},{"a":"\\"]"}]}', ['{"a":"]}"}', '{"a":"\\"]"}']],
    ['a list in a list', '{"message":{"total":1,"items":[{"a":1}]}}', ['{"a":1}']],
    ['one in an answer', '{"status":"ok","message":{"a":{"message":1}}}', ['{"a":{"message":1}}']],
    ['lines', '{"a":1}\n\n{"a":2}\n', ['{"a":1}', '{"a":2}']],
    ['lines of answers', '{"message":{"a":1}}\n{"results":[{"a":2},{"a":3}]}\n', ['{"a":1}', '{"a":2}', '{"a":3}']],
    [
      'what is in a list is a record, whatever it is',
      '{"results":[1,"x",[{"a":1}],null]}',
      ['1', '"x"', '[{"a":1}]', 'null'],
    ],
    ['a BOM', '\ufeff[{"a":1}]', ['{"a":1}']],
    ['an empty list', '{"results":[]}', ['!unexpected_format']],
    ['an empty array', ' [] ', ['!unexpected_format']],
    ['nothing', '', ['!failed_empty']],
    ['spaces', ' \n ', ['!unexpected_format']],
    ['csv', 'doi,title\n10.1/x,y\n', ['!unexpected_format']],
    ['truncated', '[{"a":1},{"b":', ['{"a":1}', '!invalid_json']],
    ['closed twice', '[{"a":1}]]', ['{"a":1}', '!invalid_json']],
    ['closed otherwise', '[{"a":1},{"b":1]]', ['{"a":1}', '!invalid_json']],
    ['UTF-16', Buffer.from('\ufeff{"a":1}', 'utf16le'), ['!invalid_utf8']],
    ['NULs', Buffer.alloc(100), ['!invalid_utf8']],
    ['zip', Buffer.from('504b030400', 'hex'), ['!archive_unsupported']],
    ['7z', Buffer.from('377abcaf271c00', 'hex'), ['!archive_unsupported']],
  ])('%s', async (_, text, expected) => expect(await cut(text)).toEqual(expected))

  it('a bad line is handed over whole, and the next is good again', async () => {
    const text = '{"a":1}\n{"a":\n{"message":{"a":2}\n[1]\n{"a":3}\n'
    expect(await cut(text)).toEqual(['{"a":1}', '{"a":', '{"message":{"a":2}', '[1]', '{"a":3}'])
    expect(await cut('{"a":\n{"a":2}\n', 'x.jsonl')).toEqual(['{"a":', '{"a":2}'])
  })

  it('numbers lines as lines and elements as elements', async () => {
    const ordinals = async (text: string) =>
      (await records(text)).map((framed) => framed.ok && [framed.element.ordinal, framed.element.offset])
    expect(await ordinals('{"a":1}\n\n{"results":[{},{}]}\n')).toEqual([[1, 0], [3, 21], [3, 24]]) // biome-ignore format: pairs
    expect(await ordinals('[{},\n {}]')).toEqual([[1, 1], [2, 6]]) // biome-ignore format: pairs
  })

  it('refuses alone what is larger than 4 MiB', async () => {
    const large = `{"a":"${'x'.repeat(5 << 20)}"}`
    expect(await cut(`[{"a":1},${large},{"a":2}]`)).toEqual(['{"a":1}', '!line_too_long', '{"a":2}'])
    expect(await cut(`{"b":"${'x'.repeat(5 << 20)}","results":[{"a":1}]}`)).toEqual(['{"a":1}'])
    expect(await cut(`{"results":[{"a":1},${large}]}\n{"a":2}\n${large}\n`, 'x.ndjson')).toEqual([
      '{"a":1}',
      '!line_too_long',
      '{"a":2}',
      '!line_too_long',
    ])
  })
})

describe('any JSON, any chunks', () => {
  const value = fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
  const list = fc.array(value, { minLength: 1, maxLength: 5 })
  const wrap: Readonly<Record<string, (all: readonly object[], indent: number) => string>> = {
    array: (all, indent) => JSON.stringify(all, null, indent),
    results: (all, indent) => JSON.stringify({ meta: { results: 3, a: '[{' }, results: all, z: [[{}]] }, null, indent),
    items: (all, indent) => JSON.stringify({ message: { x: all[0], items: all } }, null, indent),
    lines: (all) => `${all.map((one) => JSON.stringify(one)).join('\n')}\n`,
  }
  it.each(Object.keys(wrap))('%s: every element in order, as it stands', async (shape) => {
    await fc.assert(
      fc.asyncProperty(list, fc.constantFrom(0, 2), fc.integer({ min: 1, max: 40 }), async (all, indent, chunk) => {
        // These keys are shapes at the top of a record of its own.
        fc.pre(all.every((one) => !('results' in one) && !('message' in one)))
        const bytes = Buffer.from(wrap[shape]?.(all, indent) ?? '')
        const found = await records(bytes, shape === 'lines' ? 'x.jsonl' : 'x.json', chunk)
        const elements = found
          .map((framed) => (framed.ok ? framed.element : undefined))
          .filter((element) => element !== undefined)
        expect(elements.map((element) => JSON.parse(Buffer.from(element.bytes).toString()))).toEqual(
          JSON.parse(JSON.stringify(all)),
        )
        expectInPlace(bytes, elements)
      }),
    )
  })
})

function expectInPlace(file: Buffer, elements: readonly RawElement[]): void {
  let last = -1
  for (const { bytes, offset } of elements) {
    expect(offset).toBeGreaterThan(last)
    expect(file.subarray(offset, offset + bytes.length)).toEqual(Buffer.from(bytes))
    last = offset
  }
}

describe('XML', () => {
  const set = (inside: string, before = '') =>
    `<?xml version="1.0"?>${before}<set xmlns="urn:a" xmlns:b='urn:"b"'>${inside}</set>`

  it.each([
    ['elements', set('<rec>1</rec> <x><rec a="2"/></x>'), ['<rec>1</rec>', '<rec a="2"/>']],
    ['with a prefix', '<a:set xmlns:a="urn:a"><a:rec>é</a:rec></a:set>', ['<a:rec>é</a:rec>']],
    ['a record in a record is part of it', set('<rec><rec/></rec>'), ['<rec><rec/></rec>']],
    ['by the parent', '<gone><id>1</id><id>2</id></gone>', ['<id>1</id>', '<id>2</id>']],
    ['not by another parent', '<set><id>1</id></set>', ['!unexpected_format']],
    ['of another namespace', '<set xmlns="urn:c"><rec/></set>', ['!unexpected_format']],
    [
      'CDATA and comments',
      set('<rec><!-- </rec> --><![CDATA[</rec>]]></rec>'),
      ['<rec><!-- </rec> --><![CDATA[</rec>]]></rec>'],
    ],
    ['instructions', set('<?x <rec/> ?><rec/>'), ['<rec/>']],
    ['a public DTD', set('<rec/>', '<!DOCTYPE set PUBLIC "-//A[//B" "https://dtd.example/x[1].dtd">'), ['<rec/>']],
    ['a BOM', `\ufeff${set('<rec/>')}`, ['<rec/>']],
    [
      'an internal subset',
      set('<rec/>', '<!DOCTYPE set [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
      ['!xml_doctype_forbidden'],
    ],
    [
      'a parameter entity',
      set('<rec/>', '<!DOCTYPE set SYSTEM "x.dtd" [<!ENTITY % p SYSTEM "http://h/x"> %p;]>'),
      ['!xml_doctype_forbidden'],
    ],
    ['two DOCTYPEs', set('<rec/>', '<!DOCTYPE set><!DOCTYPE set>'), ['!xml_not_well_formed']],
    ['an undefined entity', set('<rec/><rec>&eacute;</rec>'), ['<rec/>', '!xml_undefined_entity']],
    [
      'an undefined entity in one record',
      set('<rec/><rec>&eacute;</rec><rec a="2"/>'),
      ['<rec/>', '!xml_undefined_entity', '<rec a="2"/>'],
    ],
    ['NUL', set('<rec>&#0;</rec>'), ['!xml_bad_character']],
    ['a surrogate', set('<rec>&#xD800;</rec>'), ['!xml_bad_character']],
    ['beyond Unicode', set('<rec>&#x110000;</rec>'), ['!xml_bad_character']],
    ['a double attribute', set('<rec a="1" a="2"/>'), ['!xml_not_well_formed']],
    ['an unclosed tag', set('<rec>'), ['!xml_not_well_formed']],
    ['two roots', '<a/><b/>', ['!xml_not_well_formed']],
    ['text after the root', `${set('<rec/>')}x`, ['<rec/>', '!xml_not_well_formed']],
    ['depth 65', set(`<rec>${'<x>'.repeat(63)}`), ['!too_deep']],
    ['depth 100,000', '<x>'.repeat(100_000), ['!too_deep']],
    [
      'many attributes',
      set(`<rec ${Array.from({ length: 1001 }, (_, at) => `a${at}=""`).join(' ')}/>`),
      ['!xml_too_many_attributes'],
    ],
    ['an attribute of 10 MiB', set(`<rec a="${'x'.repeat(10 << 20)}"/>`), ['!field_too_long']],
    ['HTML', '<!DOCTYPE html><html><body><p>busy<br></body></html>', ['!unexpected_format']],
    ['UTF-16 without its mark', Buffer.from(set('<rec/>'), 'utf16le'), ['!encoding_unsupported']],
    ['UTF-7', '<?xml version="1.0" encoding="UTF-7"?><a/>', ['!encoding_unsupported']],
    ['Latin-1 that says UTF-8', Buffer.from('<?xml version="1.0"?><a>\xe9</a>', 'latin1'), ['!invalid_utf8']],
    [
      'a record of 5 MiB',
      set(`<rec/><rec>${'<x>y</x>'.repeat(700_000)}</rec><rec a=""/>`),
      ['<rec/>', '!line_too_long', '<rec a=""/>'],
    ],
    [
      'a billion laughs',
      set(
        '<rec/>',
        `<!DOCTYPE a [${Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at} "${`&l${at - 1};`.repeat(10)}">`).join('')}]>`,
      ),
      ['!xml_doctype_forbidden'],
    ],
  ])('%s', async (_, text, expected) => expect(await cut(text, 'a.xml')).toEqual(expected))

  it.each([
    ['ISO-8859-1', 'latin1', 'é – €'],
    ['windows-1252', 'latin1', 'é – €'],
    ['ISO-8859-15', 'latin1', 'Š€œé'],
    ['UTF-16', 'utf16le', 'é😀'],
    ['UTF-8', 'utf8', '\ufeffé😀'],
  ] as const)('%s: the bytes stay as they were received, and are read alone', async (name, written, letters) => {
    const mark = name === 'UTF-16' ? '\ufeff' : ''
    const text = `${mark}<?xml version="1.0" encoding="${name}"?>${set(`<rec>${letters}</rec><rec>2</rec>`).slice(21)}`
    const encoding = name.startsWith('UTF') ? undefined : declaredEncoding(name)
    const file = encoding?.encode(text) ?? Buffer.from(text, written)
    for (const chunk of [1, 7, 1 << 16]) {
      const elements = (await records(file, 'a.xml', chunk)).flatMap((framed) => (framed.ok ? [framed.element] : []))
      expect(elements.map(({ tree }) => textOf(tree))).toEqual([letters, '2'])
      expectInPlace(file, elements)
      for (const { bytes, context, tree } of elements) {
        const alone = parseXml(bytes, context)
        expect(alone.ok && alone.element).toEqual(tree)
      }
    }
  })

  it('knows the characters that the source has names for', async () => {
    const named = { ...adapter, entities: LATIN1_ENTITIES }
    const stream = inChunks(Buffer.from(set('<rec a="&Auml;">B&ouml;hlen &amp; &yuml;</rec><rec>&euro;</rec>')), 9)
    const [one, other] = await Array.fromAsync(recordsOfFile(stream, { adapter: named, fileName: 'a.xml' }))
    expect(one?.ok && [one.element.tree?.attributes['a'], textOf(one.element.tree)]).toEqual(['Ä', 'Böhlen & ÿ'])
    expect(other?.ok === false && other.error).toMatchObject({ code: 'xml_undefined_entity', fatal: false })
  })

  it('reads 500,000 numeric references', async () => {
    const [framed] = await records(set(`<rec>${'&#65;'.repeat(500_000)}</rec>`))
    expect(framed?.ok && framed.element.tree?.children[0]).toBe('A'.repeat(500_000))
  })

  it('gives elements that read alone as they read in place, in any chunks', async () => {
    const name = fc.constantFrom('x', 'b:y', 'rec', 'q')
    const text = fc.constantFrom(
      'é',
      ' ',
      '\r\n',
      '&amp;',
      '&#233;',
      '<![CDATA[<&]]>',
      '<!-- <rec> -->',
      '😀',
      "<b:z b:a='1>2'/>",
    )
    const element = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        text,
        fc
          .tuple(name, fc.array(tie('node'), { maxLength: 3 }))
          .map(([tag, inner]) => `<${tag} k="v">${inner.join('')}</${tag}>`),
      ),
    })).node as fc.Arbitrary<string>
    const rec = fc.array(element, { maxLength: 4 }).map((inner) => `<rec>${inner.join('')}</rec>`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(rec, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        async (all, chunk) => {
          const file = Buffer.from(set(all.join('\n<other/>\r\n'), '<!DOCTYPE set>'))
          const found = await records(file, 'a.xml', chunk)
          expect(found.map(shown)).toEqual(all)
          const elements = found.flatMap((framed) => (framed.ok ? [framed.element] : []))
          expectInPlace(file, elements)
          for (const { bytes, context, tree } of elements) {
            const alone = parseXml(bytes, context)
            expect(alone.ok && alone.element).toEqual(tree)
          }
        },
      ),
    )
  })
})

import { arxiv } from '../../../services/ingest/src/adapters/arxiv.ts'
import { bibtex, csv, ending, type FileCase, type Made, ris, rowOf, whole, xml } from './file-case.ts'

let made = 0
const id = () => `c${++made}`

/** What stands between two good records; `refused` of it, and whether it is read on behind it. */
function between(wrap: (inside: string) => string, good: (id: string) => string) {
  return (bad: () => string, refused: readonly string[], { goesOn = true, keeps = [] as string[] } = {}): Made => {
    const [one, other] = [id(), id()]
    const stored = goesOn ? [one, ...keeps, other] : [one, ...keeps]
    const code = goesOn ? undefined : refused.at(-1)?.split(' ')[0]
    return { make: () => wrap(`${good(one)}\n${bad()}\n${good(other)}\n`), expect: ending(refused, stored, code) }
  }
}

const rec = (name: string, rest = '') => `<rec><id>${name}</id><title>T</title>${rest}</rec>`
const set = (inside: string) => `<?xml version="1.0"?>\n<set xmlns="urn:a">\n${inside}</set>\n`
const inXml = between(set, rec)
const inCsv = between(
  (inside) => `id,title\n${inside}`,
  (name) => `${name},T`,
)
const inRis = between(String, (name) => `TY  - JOUR\nID  - ${name}\nTI  - T\nER  - \n`)
const inBibtex = between(String, (name) => `@misc{${name}, title = {T}}\n`)

const doctype = (text: string) => `<?xml version="1.0"?>${text}<set xmlns="urn:a"><rec><id>x</id></rec></set>`
const ENDS = { goesOn: false }
const declared = (name: string, text: string) => Buffer.from(text.replace('version="1.0"', `version="1.0" encoding="${name}"`), 'latin1') // biome-ignore format: one thing
const circle = '@string{a = b # b}\n@string{b = a # a}'
const tower = Array.from({ length: 12 }, (_, at) => `@string{t${at} = ${at === 0 ? '"x"' : `t${at - 1} # t${at - 1}`}}`)

/** Files of every format: what is wrong with one record is told in its place, the others are kept. */
// biome-ignore format: a table
export const FORMATS: readonly FileCase[] = [
  rowOf('I37', xml)('an external entity of a file', whole(() => doctype('<!DOCTYPE set [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), ['xml_doctype_forbidden 1@77 - line 1, column 77'], [], 'xml_doctype_forbidden')),
  rowOf('I38', xml)('an external entity of an address', whole(() => doctype('<!DOCTYPE set [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>'), ['xml_doctype_forbidden 1@79 - line 1, column 79'], [], 'xml_doctype_forbidden')),
  rowOf('I39', xml)('a parameter entity and an external DTD', whole(() => doctype('<!DOCTYPE set SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/y"> %p;]>'), ['xml_doctype_forbidden 1@119 - line 1, column 119'], [], 'xml_doctype_forbidden')),
  rowOf('I40', xml)('quadratic blow-up', whole(() => doctype(`<!DOCTYPE set [<!ENTITY a "${'x'.repeat(100_000)}">]>`), ['xml_doctype_forbidden 1@100052 - line 1, column 100052'], [], 'xml_doctype_forbidden')),
  rowOf('I41', xml)('two DOCTYPEs', whole(() => doctype('<!DOCTYPE set><!DOCTYPE set>'), ['xml_not_well_formed 1@44 - line 1, column 44'], [], 'xml_not_well_formed')),
  rowOf('I42', xml)('a public DTD, not fetched', whole(() => set(rec('c-i42')).replace('<set', '<!DOCTYPE set PUBLIC "-//A//B" "http://127.0.0.1:9/x.dtd">\n<set'), [], ['c-i42'])),
  rowOf('I43', xml)('an entity that nobody defines', inXml(() => rec('x', '&eacute;'), ['xml_undefined_entity 2@81 - line 4, column 39'])),
  rowOf('I44', xml)('NUL', inXml(() => rec('x', '&#0;'), ['xml_bad_character 2@81 - line 4, column 35'])),
  rowOf('I44', xml)('a lone surrogate', inXml(() => rec('x', '&#xD800;'), ['xml_bad_character 2@81 - line 4, column 39'])),
  rowOf('I44', xml)('beyond Unicode', inXml(() => rec('x', '&#x110000;'), ['xml_bad_character 2@81 - line 4, column 41'])),
  rowOf('I45', xml)('500,000 numeric references', inXml(() => rec('c-i45', `<note>${'&#65;'.repeat(500_000)}</note>`), [], { keeps: ['c-i45'] })),
  rowOf('I45', xml)('20,000 of them in a title', inXml(() => `<rec><id>x</id><title>${'&#65;'.repeat(20_000)}</title></rec>`, ['field_too_long 2@82'])),
  rowOf('I46', xml)('elements 100,000 deep', inXml(() => `<rec>${'<x>'.repeat(100_000)}`, ['too_deep 2@82 - line 4, column 194'], ENDS)),
  rowOf('I47', xml)('a million attributes', inXml(() => `<rec ${Array.from({ length: 100_000 }, (_, at) => `a${at}=""`).join(' ')}/>`, ['xml_too_many_attributes 2@7985 - line 4, column 7903'], ENDS)),
  rowOf('I47', xml)('an attribute of 10 MB', inXml(() => `<rec a="${'x'.repeat(10_000_000)}"/>`, ['field_too_long 2@8388608 - line 4, column 8388526'], ENDS)),
  rowOf('I48', xml)('an attribute twice', inXml(() => '<rec a="1" a="2"/>', ['xml_not_well_formed 2@100 - line 4, column 18'], ENDS)),
  rowOf('I48', xml)('a tag that is not closed', inXml(() => '<rec><id>x</id>', ['xml_not_well_formed 2@82 - line 6, column 6'], ENDS)),
  rowOf('I48', xml)('two roots', whole(() => `${set(rec('c-i48a'))}<set/>`, ['xml_not_well_formed 2@96 - line 4, column 5'], ['c-i48a'], 'xml_not_well_formed')),
  rowOf('I48', xml)('text behind the root', whole(() => `${set(rec('c-i48b'))}text`, ['xml_not_well_formed 2@95 - line 4, column 4'], ['c-i48b'], 'xml_not_well_formed')),
  rowOf('I49', xml)('ISO-8859-1 that is declared', whole(() => declared('ISO-8859-1', set(rec('c-\u00e9'))), [], ['c-\u00e9'])),
  rowOf('I49', xml)('ISO-8859-1 that says UTF-8', whole(() => declared('UTF-8', set(rec('c-\u00e9'))), ['invalid_utf8 1@0'], [], 'invalid_utf8')),
  rowOf('I50', xml)('UTF-7', whole(() => declared('UTF-7', set(rec('x'))), ['encoding_unsupported 1@0'], [], 'encoding_unsupported')),
  rowOf('I50', xml)('UTF-16 without its mark', whole(() => Buffer.from(set(rec('x')), 'utf16le'), ['encoding_unsupported 1@0'], [], 'encoding_unsupported')),
  rowOf('I51', xml)('another default namespace', whole(() => set(rec('x')).replace('urn:a', 'urn:b'), ['unexpected_format 1@0'], [], 'unexpected_format')),
  rowOf('I51', xml)('a prefix for ours', whole(() => '<p:set xmlns:p="urn:a"><p:rec><p:id>c-i51</p:id></p:rec></p:set>', [], ['c-i51'])),
  rowOf('I51', xml)('a prefix that nobody declares', inXml(() => rec('x', '<q:note/>'), ['xml_unbound_prefix 2'], ENDS)),
  rowOf('I51', arxiv)('the id in another namespace', whole(() => '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id xmlns="urn:x">http://arxiv.org/abs/2301.00001</id></entry></feed>', ['missing_field 1@42 /entry/id'])),
  rowOf('I52', xml)('CDATA that is split, comments, instructions', inXml(() => '<rec><?xml-stylesheet href="x"?><id>c-<!-- not this -->i<![CDATA[5]]><![CDATA[2]]></id><title><![CDATA[a ]]]]><![CDATA[> b]]></title></rec>', [], { keeps: ['c-i52'] })),
  rowOf('I53', xml)('an inclusion of a file', inXml(() => rec('c-i53', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'), [], { keeps: ['c-i53'] })),
  rowOf('I54', xml)('a page of HTML', whole(() => '<!DOCTYPE html><html><body>busy</body></html>', ['unexpected_format 1@21 - line 1, column 21'], [], 'unexpected_format')),
  rowOf('I62', csv)('another separator', whole(() => 'id;title\n1;T\n', ['csv_parse 1@0 - line 1'], [], 'csv_parse')),
  rowOf('I62', csv)('quotes inside of a cell', inCsv(() => 'x,5" disc', ['csv_parse 2@15 - line 3'])),
  rowOf('I62', csv)('text behind a quote', inCsv(() => 'x,"a"b', ['csv_parse 2@15 - line 3'])),
  rowOf('I62', csv)('a quote that is never closed', inCsv(() => 'x,"a', ['csv_parse 2@15 - line 3'])),
  rowOf('I62', csv)('a line end in a cell', inCsv(() => 'c-i62a,"a\nb"', [], { keeps: ['c-i62a'] })),
  rowOf('I62', csv)('a cell too few, a cell too many', inCsv(() => 'x\ny,1,2', ['csv_parse 2@15 - line 3', 'csv_parse 3@17 - line 4'])),
  rowOf('I62', csv)('10,000 columns', whole(() => `${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',')}\n`, ['csv_parse 1@0 - line 1'], [], 'csv_parse')),
  rowOf('I62', csv)('two columns of one name', whole(() => 'id,title,id\n1,T,2\n', ['csv_duplicate_header 1@0 - line 1'], [], 'csv_duplicate_header')),
  rowOf('I62', csv)('a mark of the byte order', whole(() => '\ufeffid,title\nc-i62b,T\n', [], ['c-i62b'])),
  rowOf('I62', csv)('cells that look like formulas', inCsv(() => 'c-i62c,=cmd|x!A1', [], { keeps: ['c-i62c'] })),
  rowOf('I62', csv)('not UTF-8', whole(() => Buffer.from('id,title\nx,\xe9\nc-i62d,T\n', 'latin1'), ['invalid_utf8 1@9 - line 2'], ['c-i62d'])),
  rowOf('I62', csv)('NUL in a cell', inCsv(() => 'x,a\0b', ['forbidden_character 2@15'])),
  rowOf('I62', csv)('NUL in an id', inCsv(() => 'x\0,T', ['invalid_field 2@15 /id - an id is text of 1 to 512 characters on one line'])),
  rowOf('I63', bibtex)('NUL in a title', inBibtex(() => '@misc{x, title = {A\0b}}', ['forbidden_character 2@25'])),
  rowOf('I63', bibtex)('a brace that is never closed', inBibtex(() => '@misc{x, title = {A {b}}\n', ['bibtex_parse 2@25 - line 3'])),
  rowOf('I63', bibtex)('a brace too many', inBibtex(() => '@misc{x, title = {A}}, year = 1}', ['bibtex_parse 2@25 - line 3'])),
  rowOf('I63', bibtex)('abbreviations in a circle', inBibtex(() => circle, ['bibtex_parse 2@25 - line 3', 'bibtex_parse 3@44 - line 4'])),
  rowOf('I63', bibtex)('abbreviations eleven deep', inBibtex(() => tower.join('\n'), ['bibtex_parse 2@241 - line 13', 'bibtex_parse 3@264 - line 14'])),
  rowOf('I63', bibtex)('a key of 1 MB', inBibtex(() => `@misc{${'k'.repeat(1 << 20)}, title = {T}}`, ['bibtex_parse 2@25 - line 3'])),
  rowOf('I64', ris)('tags that nobody knows', inRis(() => 'TY  - JOUR\nID  - c-i64\nZ9  - ?\nER  - ', [], { keeps: ['c-i64'] })),
  rowOf('I64', ris)('NUL in a title', inRis(() => 'TY  - JOUR\nID  - x\nTI  - a\0b\nER  - ', ['forbidden_character 2@37'])),
  rowOf('I64', ris)('no ER', inRis(() => 'TY  - JOUR\nID  - x', ['ris_truncated 2@37 - line 6'])),
  rowOf('I64', ris)('CP1252', whole(() => Buffer.from('TY  - JOUR\nID  - x\nTI  - \xe9\nER  - \nTY  - JOUR\nID  - c-i64b\nER  - \n', 'latin1'), ['invalid_utf8 1@0 - line 1'], ['c-i64b'])),
]

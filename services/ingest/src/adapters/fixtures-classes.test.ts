import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import { readBibtex } from '../formats/bibtex-read.ts'
import { cellsOf, rowOf } from '../formats/csv-row.ts'
import type { RawElement } from '../formats/framed.ts'
import { parseXml } from '../formats/parse-xml.ts'
import { recordsOfFile } from '../formats/records-of-file.ts'
import { readRis } from '../formats/ris.ts'
import { jsonStep, type Mutation, mutationsOf, xmlStep } from '../testing/mutations.ts'
import type { Adapter, AdapterResult, JsonObject, Normalised } from './adapter.ts'
import { type Aspect, AUTHOR_FIELD_CLASS, FIELD_CLASS, FIELD_CLASSES, type FieldClass } from './field-classes.ts'
import { fingerprintsOf } from './fingerprints.ts'
import { ADAPTERS } from './index.ts'
import { readRecord } from './read-record.ts'

const folder = join(import.meta.dirname, '../../fixtures')
const files = (await readdir(folder)).filter((name) => !name.includes('.expected.'))

/** A native record of a fixture in each form in which one leaf of it is another, and what the adapter makes of them. */
interface Mutable {
  readonly before: Normalised
  readonly mutations: Iterable<Mutation>
  readonly read: (mutated: unknown) => AdapterResult
}

async function* mutablesOf(adapter: Adapter): AsyncGenerator<Mutable> {
  for (const name of files.filter((file) => file.split(/[.-]/)[0] === adapter.source)) {
    for await (const framed of recordsOfFile(createReadStream(join(folder, name)), { adapter, fileName: name })) {
      const mutable = framed.ok ? mutableOf(adapter, framed.element) : undefined
      if (mutable) yield mutable
    }
  }
}

function mutableOf(adapter: Adapter, element: RawElement): Mutable | undefined {
  const result = readRecord(adapter, element)
  const native = nativeOf(adapter, element)
  if (!result.ok || native === undefined) return undefined
  const mutations = mutationsOf(native.value, element.format === 'xml' ? xmlStep : jsonStep)
  return { before: result.record, mutations, read: native.read }
}

interface Native {
  readonly value: unknown
  readonly read: (value: unknown) => AdapterResult
}

/** The tree that the adapter is given, and how it reads one. */
function nativeOf(adapter: Adapter, { format, bytes, context, tree }: RawElement): Native | undefined {
  const text = new TextDecoder().decode(bytes)
  const taking = <T>(value: T, read: ((value: T) => AdapterResult) | undefined): Native | undefined =>
    read && { value, read: (mutated) => read(mutated as T) }
  switch (format) {
    case 'json':
      return taking(JSON.parse(text) as JsonObject, adapter.readJson)
    case 'xml': {
      const parsed = tree ? { ok: true as const, element: tree } : parseXml(bytes, context, adapter.entities)
      return parsed.ok ? taking(parsed.element, adapter.readXml) : undefined
    }
    case 'csv': {
      const dialect = JSON.parse(context)
      const parsed = cellsOf(text, dialect)
      const row = parsed.ok ? rowOf(parsed.cells, dialect.header) : undefined
      return row && taking(row, adapter.readCsv)
    }
    case 'bibtex': {
      const parsed = readBibtex(text, () => undefined)
      return parsed.ok && 'entry' in parsed.value ? taking(parsed.value.entry, adapter.readBibtex) : undefined
    }
    case 'ris':
      return taking(readRis(text), adapter.readRis)
  }
}

/** The classes that may see a change of this field. */
function classesSeeing(field: string): readonly FieldClass[] {
  return FIELD_CLASS[field as keyof Normalised].map((aspect) => aspect.class)
}

function differingFields(one: Normalised, other: Normalised): string[] {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Normalised>
  return [...keys].filter((key) => !isDeepStrictEqual(one[key], other[key]))
}

/** Classes whose fingerprints differ; throws where they are not those that the table gives the fields that differ. */
function classesOfChange(before: Normalised, after: Normalised): FieldClass[] {
  const [was, is] = [fingerprintsOf(before), fingerprintsOf(after)]
  const classes = FIELD_CLASSES.filter((name) => was[name] !== is[name])
  const fields = differingFields(before, after)
  for (const name of classes) expect(fields.flatMap(classesSeeing), `${name} of ${fields}`).toContain(name)
  for (const field of fields) {
    const seeing = FIELD_CLASS[field as keyof Normalised]
    // A field that one class sees whole cannot change unseen.
    for (const aspect of seeing) if (aspect.what === '') expect(classes, field).toContain(aspect.class)
  }
  return classes
}

const ROWS = [...FIELD_CLASSES, 'another record', 'nothing that is kept apart from the bytes'] as const
type Row = (typeof ROWS)[number]

/** What it means when a leaf changes: the most important of what its mutations do. */
function rowOfMutation({ before, read }: Mutable, { mutated }: Mutation): Row | undefined {
  const result = read(mutated)
  if (!result.ok) return undefined
  if (result.record.sourceId !== before.sourceId) return 'another record'
  if (result.record.deleted !== before.deleted) return 'identity'
  return classesOfChange(before, result.record)[0] ?? 'nothing that is kept apart from the bytes'
}

async function pageOf(adapter: Adapter): Promise<string> {
  const rows = new Map<string, Row>()
  for await (const mutable of mutablesOf(adapter))
    for (const mutation of mutable.mutations) {
      const row = rowOfMutation(mutable, mutation)
      const known = rows.get(mutation.path)
      if (row && (known === undefined || ROWS.indexOf(row) < ROWS.indexOf(known))) rows.set(mutation.path, row)
    }
  const section = (row: Row) => {
    const paths = new Set([...rows].flatMap(([path, one]) => (one === row ? `\`${path.replace(/^[./]/, '')}\`` : [])))
    return paths.size === 0 ? [] : [`## ${row}\n\n${[...paths].sort().join(', ')}`]
  }
  const head = [
    `# What a change of a field of ${adapter.source} is`,
    'Found by changing every field of the records in `services/ingest/fixtures`; `vitest -u` writes this page. The classes are',
    'explained in [changes.md](../changes.md).',
  ]
  return `${[head[0], head.slice(1).join('\n'), ...ROWS.flatMap(section)].join('\n\n')}\n`
}

/** The table of classes as people read it. */
function classesPage(): string {
  const row = (field: string, aspects: readonly Aspect<never>[]) => {
    const words = aspects.map(({ class: name, what }) => (what === '' ? name : `${name}: ${what}`))
    return `| \`${field}\` | ${words.join('; ') || 'not compared'} |`
  }
  const table = (fields: Readonly<Record<string, readonly Aspect<never>[]>>) =>
    ['| field | class |', '| --- | --- |', ...Object.entries(fields).map(([field, all]) => row(field, all))].join('\n')
  const pages = [...ADAPTERS.keys()].sort().map((source) => `[${source}](${source}.md)`)
  return `# Fields and their classes

The table \`FIELD_CLASS\` of ingest, from which \`vitest -u\` writes this page; [changes.md](../changes.md) says what the classes
mean. What each field of a source's own records is: ${pages.join(', ')}.

${table(FIELD_CLASS)}

Of an author entry:

${table(AUTHOR_FIELD_CLASS)}
`
}

const docs = join(import.meta.dirname, '../../../../docs/fields')

it('docs/fields/README.md is the table of classes (vitest -u writes it)', async () => {
  await expect(classesPage()).toMatchFileSnapshot(join(docs, 'README.md'))
})

it.each([...ADAPTERS.values()])(
  'every field of $source, changed, is of the class of what it is read as',
  async (adapter) => {
    const page = await pageOf(adapter)
    expect(page).toContain('## identity')
    await expect(page).toMatchFileSnapshot(join(docs, `${adapter.source}.md`))
  },
)

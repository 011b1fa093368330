import { foldText } from '@atlas/identifiers'
import { type BibEntry, bibEntries } from './bibtex.ts'
import type { UnifiedAuthor, UnifiedRecord } from './unified.ts'

/** A file of one person's publications, named after him: `Zhang_0001_Jun.bib`. */
export interface PersonFile {
  readonly name: string
  readonly text: string
}

/**
 * The publications of several people, each author entry labelled by the file that names him; a publication in two of
 * the files, or with the name twice, is left unlabelled there, for nobody can say which is which.
 */
export function worksOfPersons(files: readonly PersonFile[]): readonly UnifiedRecord[] {
  const works = new Map<string, { readonly entry: BibEntry; readonly people: { label: string; name: string }[] }>()
  for (const { name: file, text } of files) {
    const name = nameOf(file)
    for (const entry of bibEntries(text)) {
      if (entry.fields['author'] === undefined) continue
      const work = works.get(entry.key) ?? { entry, people: [] }
      work.people.push({ label: file, name })
      works.set(entry.key, work)
    }
  }
  return [...works.values()].map(({ entry, people }) => recordOf(entry, people))
}

/** `Jun Zhang`: what is before the number is the family name, what is after it the given name. */
function nameOf(file: string): string {
  const [family = '', given = ''] = file.replace(/\.bib$/, '').split(/_(?:\d+_)?/)
  return foldText(`${given} ${family}`)
}

function recordOf({ type, key, fields }: BibEntry, people: readonly { label: string; name: string }[]): UnifiedRecord {
  const names = (fields['author'] ?? '').split(/\s+and\s+/).map((name) => name.replace(/\s\d{4}$/, ''))
  return {
    source: type,
    sourceId: key,
    deleted: false,
    title: fields['title'] ?? null,
    abstract: null,
    published: fields['year'] === undefined ? null : { year: Number(fields['year']) },
    language: null,
    venue: { name: fields['journal'] ?? fields['booktitle'] ?? null, issns: [] },
    identifiers:
      fields['doi'] === undefined ? [] : [{ scheme: 'doi', value: fields['doi'].toLowerCase(), relation: 'self' }],
    subjects: [],
    funders: [],
    references: [],
    authors: names.map((name) => authorOf(name, labelOf(name, names, people))),
  }
}

function labelOf(
  name: string,
  names: readonly string[],
  people: readonly { label: string; name: string }[],
): string | null {
  const own = people.filter((person) => person.name === foldText(name))
  const bearers = names.filter((other) => foldText(other) === foldText(name))
  return own.length === 1 && bearers.length === 1 ? (own[0]?.label ?? null) : null
}

function authorOf(name: string, label: string | null): UnifiedAuthor {
  return {
    name,
    given: null,
    family: null,
    collective: false,
    orcid: label,
    email: null,
    role: 'author',
    affiliations: [],
  }
}

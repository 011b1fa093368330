import type { NormalisedAuthor } from './adapter.ts'
import { displayName, isGroupName } from './blank.ts'

type NameParts = Pick<NormalisedAuthor, 'name' | 'given' | 'family' | 'suffix' | 'nameForms' | 'collective'>

// An entry that begins so is a group: it stands behind those who wrote for it.
const FOR_THE = /^(?:and |for |on behalf of ){1,2}(?:the )?/i
const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/i
// What stands behind a comma and is no given name: degrees, also several.
const DEGREES =
  /^(?:(?:Ph\.?\s?D|D\.?\s?Phil|M\.?D|M\.?P\.?H|[BM]\.?A|[BM]\.?Sc?|Dr|Ing|Prof|R\.?N|Esq)\.?[\s,]{0,3}){1,4}$/

/** A name of which nothing but its text is known. */
export function wholeName(text: string): NameParts {
  const collective = isGroupName(text.replace(FOR_THE, ''))
  return { name: text, given: null, family: null, suffix: null, nameForms: [], collective }
}

/** The parts of a name, in display order; the form that it was written in is kept beside it where it says more. */
export function splitName(given: string, family: string, suffix: string | null, written?: string): NameParts {
  const name = displayName(given, family, suffix ?? undefined)
  const nameForms = written === undefined || written === name ? [] : [written]
  return { name, given, family, suffix, nameForms, collective: isGroupName(name) }
}

/** The name in `Dupont, Jean` and `Dupont, Jean, Jr`. What follows the comma in `Jean Dupont, PhD` is none. */
export function invertedName(text: string): NameParts {
  const parts = text.split(/\s{0,3},\s{0,3}/)
  const [family = '', given = '', third] = parts
  const behind = parts.slice(1).join(', ')
  // One word before the comma is a family name, and MD its bearer's initials.
  if (family.includes(' ') && DEGREES.test(behind)) return { ...wholeName(family), nameForms: [text] }
  if (family === '' || given === '') return wholeName(text.replace(/^[\s,]{1,5}|[\s,]{1,5}$/g, ''))
  if (third === undefined) return splitName(given, family, null)
  return parts.length === 3 && SUFFIX.test(third) ? splitName(given, family, third) : wholeName(text)
}

/** The name in `Dupont J`, `van der Berg JM Jr`: MEDLINE's form, family name and at most four initials. */
export function medlineName(text: string): NameParts {
  const found =
    /^(.{1,200}?)\s(\p{L}{1,4}|\p{Lu}{1,2}(?:-\p{Lu}{1,2}){1,2})(?:\s(Jr|Sr|[2-4](?:nd|rd|th)|I{2,3}|IV))?$/u.exec(text)
  const [, family, initials, suffix] = found ?? []
  if (family === undefined || initials === undefined) return wholeName(text)
  // Four letters that are not all capitals are a word: "Editorial Team".
  if (initials.length > 1 && initials !== initials.toUpperCase()) return wholeName(text)
  return splitName(initials, family, suffix ?? null, text)
}

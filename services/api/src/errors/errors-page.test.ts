import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ERRORS } from './catalogue.ts'
import { errorsMarkdown, errorsPage } from './errors-page.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const PLACES = [
  ...['api', 'ingest', 'matcher', 'profiles', 'verifier'].map((service) => `services/${service}/src`),
  ...['runtime', 'schemas'].map((name) => `packages/${name}/src`),
]
const NO_SOURCE = /\.(test|contract|corpus)\.ts$|\/(node_modules|testing|bench|generated)\//

/** How code names a code: an argument of what refuses, a field, a constant, a table, a union of the possible ones. */
const NAMED = [
  /\bnew Problem\(\s*(?:\d+|status|byHeader[^,]*|error\.code[^,]*),\s*(?:full \? )?('[a-z0-9_]+'(?: : '[a-z0-9_]+')?)/g,
  /\b(?:refusal|refused|reject|rejected|fail|failed|aside|halt|poison)\((?:[\w.]+, *)?('[a-z][a-z0-9_]+')/g,
  /\bcode(?::| =)\s*(?:[a-z][\w. =!]* \? )?('[a-z][a-z0-9_]+'(?:\s*(?:\||:) '[a-z][a-z0-9_]+')*)(?! in )/g,
  /\bthis\.tell\((?:[\w.]+, *)?('[a-z][a-z0-9_]+')/g,
  /\[\/.*\/, ('xml_[a-z_]+')\]/g,
  /\b(?:type DecodeErrorCode =|readonly code:)((?:\s*\| '[a-z0-9_]+')+)/g,
]

const sources = PLACES.flatMap((place) =>
  readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((name) => name.endsWith('.ts') && !NO_SOURCE.test(name)),
).map((name) => readFileSync(join(ROOT, name), 'utf8'))

function codesIn(text: string): string[] {
  return NAMED.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(([, names = '']) => [...names.matchAll(/[a-z0-9_]+/g)].map(([code]) => code)),
  )
}

describe('the catalogue of errors', () => {
  it('has every code the source names, and no other', () => {
    expect([...new Set(sources.flatMap(codesIn))].sort()).toEqual(Object.keys(ERRORS).sort())
  })

  it('has the status of every answer that is written out', () => {
    const answers = sources.flatMap((text) => [...text.matchAll(/\bnew Problem\(\s*(\d{3}),\s*'([a-z_]+)'/g)])
    expect(answers.length).toBeGreaterThan(80)
    const missing = answers.filter(([, status, code = '']) => !ERRORS[code]?.at.includes(Number(status)))
    expect(missing.map(([, status, code]) => `${status} ${code}`)).toEqual([])
  })

  it('says what each means and what to do, in sentences', () => {
    for (const [code, { at, meaning, remedy }] of Object.entries(ERRORS)) {
      expect(at.length, code).toBeGreaterThan(0)
      for (const text of [meaning, remedy]) expect(text, code).toMatch(/^[A-Z0-9`].*[.)]$/)
      expect(meaning + remedy, code).not.toMatch(/[<>|&]/)
    }
  })

  it('is the page in docs, and the page that is served', () => {
    expect(readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')).toBe(errorsMarkdown())
    const served = errorsPage()
    for (const code of Object.keys(ERRORS)) expect(served).toContain(`<tr id="${code}">`)
  })
})

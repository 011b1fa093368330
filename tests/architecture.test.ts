import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { circlesOf } from './architecture/circles.ts'
import { importsIn, ROOT, readImports, sources } from './architecture/imports.ts'
import { RULES } from './architecture/rules.ts'

const imports = readImports()

describe('which way dependencies point', () => {
  it('reads the whole tree', () => {
    // A reader that finds nothing would pass every rule.
    expect(imports.length).toBeGreaterThan(500)
    expect(new Set(imports.map(({ from }) => from.split('/').slice(0, 2).join('/'))).size).toBeGreaterThanOrEqual(12)
  })

  it.each(RULES)('$name', (rule) => {
    const broken = imports
      .filter((line) => rule.breaks(line))
      .map(({ from, to }) => `${from} imports ${to}: ${rule.why}`)
    expect(broken).toEqual([])
  })

  it.each(RULES)('a planted breach of "$name" is found', (rule) => {
    expect(rule.breaks(rule.planted)).toBe(true)
  })

  it('in no circle: a file can be read before those that use it', () => {
    expect(circlesOf(imports)).toEqual([])
    const planted = [
      ['a.ts', 'b.ts'],
      ['b.ts', 'c.ts'],
      ['c.ts', 'b.ts'],
      ['d.ts', 'a.ts'],
      ['c.ts', 'e.ts'],
    ] as const
    expect(circlesOf(planted.map(([from, to]) => ({ from, to })))).toEqual([['b.ts', 'c.ts']])
  })

  it('sees every form of import', () => {
    const text =
      "import a from 'kafkajs'\nimport 'kafkajs'\nexport * from 'kafkajs'\nconst b = await import('kafkajs')\nimport {\n  c,\n} from 'kafkajs'\n"
    expect(importsIn('services/x/src/y.ts', text).map(({ to }) => to)).toEqual(Array(5).fill('kafkajs'))
  })
})

describe('the process and its environment', () => {
  it('are touched by main.ts and the runtime only', () => {
    const allowed = /\/main\.ts$|-main\.ts$|^packages\/(runtime|devstack|testing)\/|^tests\/|\.test\.ts$|vitest/
    const touching = sources().filter(
      (file) =>
        !allowed.test(file) && /\bprocess\.(env|exit|on|once|argv)\b/.test(readFileSync(join(ROOT, file), 'utf8')),
    )
    expect(touching).toEqual([])
  })

  it('no path of a machine and no escape from the types', () => {
    const escapes = sources().filter((file) =>
      /@ts-(ignore|nocheck|expect-error)|\bas any(?=[;,)\]>.\n])|\bas unknown as\b/.test(withoutThisFile(file)),
    )
    expect(escapes).toEqual([])
  })
})

function withoutThisFile(file: string): string {
  return file === 'tests/architecture.test.ts' ? '' : readFileSync(join(ROOT, file), 'utf8')
}

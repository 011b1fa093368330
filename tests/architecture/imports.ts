import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** One import as a rule sees it: the file that imports, and the file or package it names. */
export interface Import {
  /** From the root, such as `services/api/src/main.ts`. */
  readonly from: string
  /** A path from the root for our own files, else the package's name: `kafkajs`, `node:fs`. */
  readonly to: string
  /** `import type`: gone at run time. */
  readonly typeOnly?: boolean
}

const FOLDERS = ['packages', 'services', 'tests']
const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s(type\s)?(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every import of every source file of ours, types included: they couple as well. */
export function readImports(): readonly Import[] {
  return sources().flatMap((from) => importsIn(from, readFileSync(join(ROOT, from), 'utf8')))
}

export function sources(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('node_modules') && !name.startsWith('architecture'))
      .map((name) => join(folder, name)),
  )
}

export function importsIn(from: string, text: string): readonly Import[] {
  return [...text.matchAll(STATEMENT)].map((match) => ({
    from,
    to: target(from, match[2] ?? match[3] ?? ''),
    typeOnly: match[1] !== undefined,
  }))
}

function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(from), specifier))
  const ours = /^@atlas\/([a-z]+)/.exec(specifier)
  if (ours) return OURS[ours[1] ?? ''] ?? specifier
  const [scope = '', name = ''] = specifier.split('/')
  return specifier.startsWith('@') ? `${scope}/${name}` : scope
}

/** Folder of each package of ours. */
const OURS: Readonly<Record<string, string>> = Object.fromEntries(
  ['packages', 'services'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => [entry.name, `${folder}/${entry.name}`]),
  ),
)

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SKIPPED = new Set(['node_modules', '.git', '.dev', '.tools', '.cache', 'dist'])

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return pagesIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

const pages = pagesIn(ROOT)

/** Headings as links name them. */
function anchorsOf(page: string): ReadonlySet<string> {
  const text = readFileSync(page, 'utf8')
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)])
}

it.each(pages.map((page) => relative(ROOT, page)))('every link in %s leads somewhere', (name) => {
  const page = join(ROOT, name)
  const prose = readFileSync(page, 'utf8').replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')
  const dead = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#')
      const there = path === '' ? page : join(dirname(page), decodeURIComponent(path))
      if (!existsSync(there)) return true
      return anchor !== undefined && statSync(there).isFile() && !anchorsOf(there).has(anchor)
    })
  expect(dead).toEqual([])
})

it('every service and package explains itself on a page with a sequence diagram', () => {
  const homes = ['services', 'packages'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .map((name) => join(folder, name))
      .filter((home) => existsSync(join(ROOT, home, 'package.json'))),
  )
  const silent = homes.filter((home) => {
    const page = join(ROOT, home, 'README.md')
    return !existsSync(page) || !readFileSync(page, 'utf8').includes('```mermaid\nsequenceDiagram')
  })
  expect(silent).toEqual([])
})

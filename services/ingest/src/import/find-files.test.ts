import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFiles } from './find-files.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'atlas-find-'))
  for (const folder of ['a/openalex/2026', 'a/hal', 'a/other', 'openalex'])
    await mkdir(join(root, folder), { recursive: true })
  for (const file of [
    'a/openalex/2026/b.jsonl',
    'a/openalex/2026/B.jsonl',
    'a/openalex/a.jsonl',
    'a/hal/x.xml',
    'a/other/y.json',
    'a/readme.md',
    'openalex/z.json',
  ])
    await writeFile(join(root, file), '{}')
  await symlink(join(root, 'openalex/z.json'), join(root, 'a/link.json'))
  await symlink(join(root, 'openalex'), join(root, 'linked'))
  execFileSync('mkfifo', [join(root, 'a/pipe')])
  await writeFile(Buffer.concat([Buffer.from(join(root, 'a/bad-')), Buffer.from([0xff])]), '{}')
  await writeFile(join(root, 'a/new\nline'), '{}')
})
afterAll(() => rm(root, { recursive: true }))

const found = async (paths: readonly string[], source?: string) => {
  const options = { paths: paths.map((path) => join(root, path)), sources: ['openalex', 'hal'] }
  const files = await Array.fromAsync(findFiles({ ...options, ...(source === undefined ? {} : { source }) }))
  return files.map((file) => {
    const name = file.name.replace(`${root}/`, '')
    return file.ok ? `${name}: ${file.source}` : `${JSON.stringify(name)} ${file.code}`
  })
}

describe('standard input', () => {
  it('is of the source that is named, or of none', async () => {
    const named = await Array.fromAsync(findFiles({ paths: ['-'], sources: ['hal'], source: 'hal' }))
    expect(named).toEqual([{ ok: true, path: '-', name: '-', source: 'hal' }])
    expect(await Array.fromAsync(findFiles({ paths: ['-'], sources: ['hal'] }))).toMatchObject([
      { code: 'unknown_source' },
    ])
  })
})

describe('files below a path', () => {
  it('come in the order of their names, each with the source its folder is named after', async () => {
    expect(await found(['a/openalex', 'a/hal'])).toEqual([
      'a/openalex/2026/B.jsonl: openalex',
      'a/openalex/2026/b.jsonl: openalex',
      'a/openalex/a.jsonl: openalex',
      'a/hal/x.xml: hal',
    ])
  })

  it('are refused when they are links, pipes, oddly named or of no source', async () => {
    const refused = (await found(['a'])).filter((line) => line.startsWith('"'))
    expect(refused).toEqual([
      '"a/bad-ÿ" invalid_file_name',
      '"a/link.json" symlink_refused',
      '"a/new\\nline" invalid_file_name',
      '"a/other/y.json" unknown_source',
      '"a/pipe" not_a_regular_file',
      '"a/readme.md" unknown_source',
    ])
  })

  it('are those of the import folder, where there is one', async () => {
    const paths = ['a/hal/x.xml', 'openalex/z.json', 'a/../openalex/z.json', 'a'].map((path) => join(root, path))
    const options = { paths, sources: ['hal'], source: 'hal', within: join(root, 'a', 'hal') }
    const files = await Array.fromAsync(findFiles(options))
    expect(files.map((file) => (file.ok ? 'ok' : file.code))).toEqual([
      'ok',
      ...Array(3).fill('path_outside_import_folder'),
    ])
  })

  it.each([
    { paths: ['openalex/z.json'], files: ['openalex/z.json: openalex'] },
    { paths: ['a/readme.md'], source: 'hal', files: ['a/readme.md: hal'] },
    {
      paths: ['a/openalex/*'],
      files: ['a/openalex/2026/B.jsonl: openalex', 'a/openalex/2026/b.jsonl: openalex', 'a/openalex/a.jsonl: openalex'],
    },
    {
      paths: ['a/openalex/**'],
      files: ['a/openalex/2026/B.jsonl: openalex', 'a/openalex/2026/b.jsonl: openalex', 'a/openalex/a.jsonl: openalex'],
    },
    { paths: ['a/{hal,openalex}/?.*'], files: ['a/hal/x.xml: hal', 'a/openalex/a.jsonl: openalex'] },
    { paths: ['a/l*.json'], files: ['"a/link.json" symlink_refused'] },
    { paths: ['linked/*.json'], files: ['"linked/z.json" symlink_refused'] },
    { paths: ['a/*.gz'], files: ['"a/*.gz" file_not_found'] },
    { paths: ['nothing'], files: ['"nothing" file_not_found'] },
    { paths: ['a/readme.md/x'], files: ['"a/readme.md/x" file_not_found'] },
    { paths: [`a/${'x'.repeat(300)}`], files: [`"a/${'x'.repeat(300)}" invalid_file_name`] },
    { paths: ['linked/z.json'], files: ['"linked/z.json" symlink_refused'] },
    { paths: ['linked'], files: ['"linked" symlink_refused'] },
  ])('$paths $source', async ({ paths, source, files }) => expect(await found(paths, source)).toEqual(files))
})

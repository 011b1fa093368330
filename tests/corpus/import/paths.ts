import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** A name that is bad, or odd, by its number: what is laid into a folder of its own, what is named, what is told. */
export interface PathCase {
  readonly id: string
  readonly title: string
  /** Prepares the folder; returns the paths to import. */
  readonly make: (folder: string) => Promise<readonly string[]>
  /** `name code` of what is not read, in order. */
  readonly refused: readonly string[]
  readonly stored: readonly string[]
  /** As a user who is nobody: root may read everything. */
  readonly asNobody?: true
  /** Only files of the folder may be read. */
  readonly within?: boolean
}

const line = (id: string) => `{"id":"${id}","title":"T"}\n`
const put = (folder: string, ...ids: readonly string[]) =>
  Promise.all(ids.map((id) => writeFile(join(folder, `${id}.jsonl`), line(id))))

async function socketAt(path: string): Promise<void> {
  const server = createServer().listen(path)
  await new Promise((resolve) => server.once('listening', resolve))
  server.unref()
}

/** What a name may lead to. */
// biome-ignore format: a table
export const PATHS: readonly PathCase[] = [
  { id: 'I01', title: 'a file that is not there', make: async (folder) => [join(folder, 'none.jsonl')], refused: ['none.jsonl file_not_found'], stored: [] },
  { id: 'I01', title: 'a file that may not be read', make: (folder) => unreadable(folder), asNobody: true, refused: ['i01.jsonl file_not_readable'], stored: [] },
  { id: 'I02', title: 'a folder, in the order of names', make: async (folder) => { await put(folder, 'i02b', 'i02a'); return [folder] }, refused: [], stored: ['i02a', 'i02b'] },
  { id: 'I02', title: 'a pattern', make: async (folder) => { await put(folder, 'i02c', 'i02d', 'other'); return [join(folder, 'i02?.jsonl')] }, refused: [], stored: ['i02c', 'i02d'] },
  { id: 'I02', title: 'a pipe among files', make: async (folder) => { await put(folder, 'i02e'); execFileSync('mkfifo', [join(folder, 'pipe')]); return [folder] }, refused: ['pipe not_a_regular_file'], stored: ['i02e'] },
  { id: 'I02', title: 'a socket', make: async (folder) => { await socketAt(join(folder, 's')); return [join(folder, 's')] }, refused: ['s not_a_regular_file'], stored: [] },
  { id: 'I02', title: 'a device', make: async () => ['/dev/null'], refused: ['null not_a_regular_file'], stored: [] },
  { id: 'I03', title: 'a symbolic link', make: async (folder) => { await put(folder, 'i03a'); await symlink(join(folder, 'i03a.jsonl'), join(folder, 'link')); return [join(folder, 'link')] }, refused: ['link symlink_refused'], stored: [] },
  { id: 'I03', title: 'a link as a folder above', make: async (folder) => { await mkdir(join(folder, 'real')); await put(join(folder, 'real'), 'i03b'); await symlink(join(folder, 'real'), join(folder, 'linked')); return [join(folder, 'linked/i03b.jsonl')] }, refused: ['i03b.jsonl symlink_refused'], stored: [] },
  { id: 'I04', title: 'a name that leads out of the folder', make: async (folder) => [join(folder, '../outside.jsonl')], within: true, refused: ['outside.jsonl path_outside_import_folder'], stored: [] },
  { id: 'I04', title: 'an absolute name elsewhere', make: async () => ['/etc/hostname'], within: true, refused: ['hostname path_outside_import_folder'], stored: [] },
  { id: 'I04', title: 'a file in the folder', make: async (folder) => { await put(folder, 'i04'); return [join(folder, 'i04.jsonl')] }, within: true, refused: [], stored: ['i04'] },
  { id: 'I04', title: 'NUL in the name', make: async (folder) => [join(folder, 'a\0b')], refused: ['a\0b invalid_file_name'], stored: [] },
  { id: 'I05', title: 'a name of 300 bytes', make: async (folder) => [join(folder, 'x'.repeat(300))], refused: [`${'x'.repeat(300)} invalid_file_name`], stored: [] },
  { id: 'I05', title: 'a line end in the name', make: async (folder) => { await writeFile(join(folder, 'a\nb'), line('never')); await put(folder, 'i05a'); return [folder] }, refused: ['a\nb invalid_file_name'], stored: ['i05a'] },
  { id: 'I05', title: 'a name that is not UTF-8', make: async (folder) => { await writeFile(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff])]), line('never')); await put(folder, 'i05b'); return [folder] }, refused: ['bad-\u00ff invalid_file_name'], stored: ['i05b'] },
]

async function unreadable(folder: string): Promise<string[]> {
  const path = join(folder, 'i01.jsonl')
  await writeFile(path, line('never'))
  await chmod(path, 0)
  return [path]
}

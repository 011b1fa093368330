import type { Dirent } from 'node:fs'
import { glob, lstat, readdir } from 'node:fs/promises'
import { basename, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path'

/** A file to be imported, or why it is not. */
export type FoundFile =
  | { readonly ok: true; readonly path: string; readonly name: string; readonly source: string }
  | { readonly ok: false; readonly name: string; readonly code: FileRefusal; readonly detail: string }

export type FileRefusal =
  | 'file_not_found'
  | 'file_not_readable'
  | 'not_a_regular_file'
  | 'symlink_refused'
  | 'invalid_file_name'
  | 'unknown_source'
  | 'path_outside_import_folder'

export interface FindOptions {
  readonly paths: readonly string[]
  /** For all of them; else the topmost folder that is named like a source. */
  readonly source?: string
  readonly sources: readonly string[]
  /** Nothing outside of it is read. */
  readonly within?: string
}

/** Stands for standard input where a file is named. */
export const STDIN = '-'

/**
 * Every regular file below the paths, in the order of their names. Names are shown as the caller gave them; one that is no
 * file's is a pattern where it has `*`, `?`, `[` or `{`.
 */
export async function* findFiles(options: FindOptions): AsyncGenerator<FoundFile> {
  const { source, sources } = options
  for (const path of options.paths) {
    if (path === STDIN) yield stdin(source)
    else
      for (const { top, name } of await named(path))
        yield* below(options.within, name, (file) => source ?? sourceOf(top, file, sources))
  }
}

function stdin(source: string | undefined): FoundFile {
  if (source !== undefined) return { ok: true, path: STDIN, name: STDIN, source }
  return { ok: false, name: STDIN, code: 'unknown_source', detail: 'say of which source standard input is' }
}

async function* below(
  within: string | undefined,
  name: string,
  sourceFor: (path: string) => string | undefined,
): AsyncGenerator<FoundFile> {
  const fault = nameFault(name) ?? outside(within, name) ?? (await symlinkAbove(name))
  if (fault) yield { ok: false, name, ...fault }
  else yield* walk(normalize(name), resolve(name), sourceFor)
}

function outside(within: string | undefined, name: string): Fault | undefined {
  if (within === undefined) return undefined
  const way = relative(resolve(within), resolve(name))
  return way === '..' || way.startsWith(`..${sep}`) ? OUTSIDE : undefined
}

/** The names a path stands for, and the folder from which on their folders may name a source. */
async function named(path: string): Promise<readonly { readonly top: string; readonly name: string }[]> {
  const itself = [{ top: path, name: path }]
  if (nameFault(path) || !/[*?[{]/.test(path) || (await kindOf(path)) !== NOT_FOUND) return itself
  const found = new Set((await Array.fromAsync(glob(path))).sort())
  const top = path.slice(0, path.search(/[^/]*[*?[{]/)) || '.'
  // `**` names a folder and what is in it.
  const names = [...found].filter((name) => !ancestors(name).some((folder) => found.has(folder)))
  return names.length === 0 ? itself : names.map((name) => ({ top, name }))
}

function ancestors(name: string): readonly string[] {
  const parts = name.split(sep)
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join(sep))
}

async function* walk(
  name: string,
  path: string,
  sourceFor: (path: string) => string | undefined,
): AsyncGenerator<FoundFile> {
  const found = await kindOf(path)
  if (typeof found === 'object') yield { ok: false, name, ...found }
  else if (found === 'folder') {
    const entries = await readdir(path, { encoding: 'buffer', withFileTypes: true })
    for (const entry of entries.sort((a, b) => Buffer.compare(a.name, b.name))) {
      const child = childName(entry)
      if (child === undefined) yield { ok: false, name: join(name, entry.name.toString('latin1')), ...BAD_NAME }
      else yield* walk(join(name, child), join(path, child), sourceFor)
    }
  } else {
    const source = sourceFor(path)
    if (source === undefined)
      yield { ok: false, name, code: 'unknown_source', detail: 'no folder above it is named like a source' }
    else yield { ok: true, path, name, source }
  }
}

type Fault = { readonly code: FileRefusal; readonly detail: string }
const BAD_NAME: Fault = { code: 'invalid_file_name', detail: 'the name has control characters or is not UTF-8' }

async function kindOf(path: string): Promise<'folder' | 'file' | Fault> {
  try {
    const stats = await lstat(path)
    if (stats.isSymbolicLink()) return SYMLINK
    if (stats.isDirectory()) return 'folder'
    return stats.isFile() ? 'file' : NOT_REGULAR
  } catch (error) {
    return faultOf(error)
  }
}

const NOT_FOUND: Fault = { code: 'file_not_found', detail: 'there is no such file' }
const OUTSIDE: Fault = {
  code: 'path_outside_import_folder',
  detail: 'only files of the import folder are read',
}
const SYMLINK: Fault = { code: 'symlink_refused', detail: 'symbolic links are not followed: name the file itself' }
export const NOT_REGULAR: Fault = { code: 'not_a_regular_file', detail: 'only regular files are read' }

/** What a file system's error means for the one who named the file; others are thrown as they came. */
export function faultOf(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return NOT_FOUND
    case 'EACCES':
    case 'EPERM':
      return { code: 'file_not_readable', detail: 'the file may not be read' }
    case 'ENAMETOOLONG':
      return { code: 'invalid_file_name', detail: 'the name is too long' }
    case 'ELOOP':
      return SYMLINK
    default:
      throw error
  }
}

function nameFault(path: string): Fault | undefined {
  return path === '' || /\p{Cc}/u.test(path) ? BAD_NAME : undefined
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function childName(entry: Dirent<Buffer>): string | undefined {
  try {
    const name = utf8.decode(entry.name)
    return nameFault(name) ? undefined : name
  } catch {
    return undefined
  }
}

/**
 * A folder on the way that is a link. The first step from the root is not looked at: whole systems are laid out with
 * links there.
 */
async function symlinkAbove(path: string): Promise<Fault | undefined> {
  const parts = normalize(path).split(sep).filter(Boolean)
  let at = isAbsolute(path) ? sep : '.'
  for (const [depth, part] of parts.slice(0, -1).entries()) {
    at = join(at, part)
    if (part === '..' || (depth === 0 && isAbsolute(path))) continue
    const kind = await kindOf(at)
    if (typeof kind === 'object') return kind
  }
  return undefined
}

function sourceOf(given: string, file: string, sources: readonly string[]): string | undefined {
  const top = resolve(given)
  const folders = [basename(top), ...relative(top, file).split(sep).slice(0, -1)]
  // A file named by itself: the folder it lies in.
  if (top === file) folders.unshift(basename(join(top, '..')))
  return folders.find((folder) => sources.includes(folder))
}

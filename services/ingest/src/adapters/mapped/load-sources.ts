import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '@atlas/runtime'
import type { Adapter } from '../adapter.ts'
import { ADAPTERS } from '../index.ts'
import { mappedSource } from './mapped-source.ts'
import { readMapping } from './mapping-file.ts'

/**
 * The adapter of each source we take: those in code, and one for each `<name>.json` of a folder (none when it is '').
 * Throws every mistake of all files at once.
 */
export async function allSources(folder: string): Promise<ReadonlyMap<string, Adapter>> {
  if (folder === '') return ADAPTERS
  const mistakes: string[] = []
  const sources = new Map(ADAPTERS)
  for (const name of await namesIn(folder)) {
    const read = readMapping(await readFile(join(folder, name), 'utf8'))
    if (!read.ok) mistakes.push(...read.mistakes.map(({ pointer, detail }) => `${name}: ${pointer}: ${detail}`))
    else {
      const { source } = read.mapping
      if (`${source}.json` !== name) mistakes.push(`${name}: /source: the file of "${source}" is called ${source}.json`)
      if (ADAPTERS.has(source)) mistakes.push(`${name}: /source: "${source}" is a source already: choose another name`)
      sources.set(source, mappedSource(read.mapping))
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return sources
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw missing ? new ConfigError([`SOURCES_DIR: there is no folder "${folder}"`]) : error
  }
}

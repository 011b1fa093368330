import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first program of one of these names in folders as in the variable PATH; undefined when none is installed. */
export function findProgram(path: string, names: readonly string[]): string | undefined {
  return path
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file))
}

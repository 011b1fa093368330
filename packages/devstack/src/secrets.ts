import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export type Secrets = Readonly<Record<string, string>>

/** Reads the passwords stored in `file` and adds random ones for the names it lacks; only its owner can read the file. */
export async function secretsFor(file: string, names: readonly string[]): Promise<Secrets> {
  const known = await readSecrets(file)
  const lacking = names.filter((name) => known[name] === undefined)
  if (lacking.length === 0) return known
  const secrets = {
    ...known,
    ...Object.fromEntries(lacking.map((name) => [name, randomBytes(18).toString('base64url')])),
  }
  await mkdir(dirname(file), { recursive: true })
  const written = `${file}.${process.pid}.new`
  await writeFile(written, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  await rename(written, file)
  return secrets
}

async function readSecrets(file: string): Promise<Secrets> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

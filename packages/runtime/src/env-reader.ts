import { readFileSync } from 'node:fs'

export type Env = Readonly<Record<string, string | undefined>>

/** One readable line for each mistake, all of them at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: readonly string[]
  constructor(mistakes: readonly string[]) {
    super(`configuration has ${mistakes.length} mistake(s):\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`)
    this.mistakes = mistakes
  }
}

/** Reads settings and remembers what is wrong with them; `NAME_FILE` names a file that holds the value of `NAME`. */
export interface EnvReader {
  string(name: string, fallback?: string): string
  secret(name: string, fallback?: string): string
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback?: T): T
  list(name: string, fallback?: readonly string[]): readonly string[]
  int(name: string, fallback: number, range?: { readonly min?: number; readonly max?: number }): number
  bool(name: string, fallback: boolean): boolean
  url(name: string, fallback?: string): string
  mistake(line: string): void
}

/** Runs `read` to its end, then throws one `ConfigError` if anything was wrong. */
export function readEnv<T>(env: Env, read: (from: EnvReader) => T): T {
  const mistakes: string[] = []
  const config = read(readerOf(env, mistakes))
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

function readerOf(env: Env, mistakes: string[]): EnvReader {
  const missing = (name: string, what: string): void => void mistakes.push(`${name} is missing: ${what}`)
  const raw = (name: string): string | undefined => {
    const file = env[`${name}_FILE`]
    if (file === undefined) return env[name] === '' ? undefined : env[name]
    try {
      return readFileSync(file, 'utf8').trim()
    } catch (error) {
      mistakes.push(`${name}_FILE cannot be read: ${(error as NodeJS.ErrnoException).code}`)
      return 'unreadable'
    }
  }
  const string = (name: string, fallback?: string): string => {
    const value = raw(name) ?? fallback
    if (value === undefined) missing(name, 'give its value')
    return value ?? ''
  }
  return {
    string,
    secret: string,
    oneOf(name, allowed, fallback) {
      const value = raw(name) ?? fallback
      const found = allowed.find((candidate) => candidate === value)
      if (found !== undefined) return found
      mistakes.push(`${name} is "${value ?? ''}" and must be one of ${allowed.join(', ')}`)
      return allowed[0] ?? (value as (typeof allowed)[number])
    },
    list(name, fallback) {
      const value = raw(name)
      if (value === undefined && fallback === undefined) missing(name, 'give a list separated by commas')
      return value === undefined
        ? (fallback ?? [])
        : value
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean)
    },
    int(name, fallback, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}) {
      const value = raw(name)
      const number = value === undefined ? fallback : Number(value)
      if (Number.isSafeInteger(number) && number >= min && number <= max) return number
      mistakes.push(`${name} is "${value}" and must be a whole number from ${min} to ${max}`)
      return fallback
    },
    bool(name, fallback) {
      const value = raw(name)
      if (value !== undefined && value !== 'true' && value !== 'false')
        mistakes.push(`${name} is "${value}" and must be true or false`)
      return value === undefined ? fallback : value === 'true'
    },
    url(name, fallback) {
      const value = string(name, fallback)
      if (value !== '' && !URL.canParse(value)) mistakes.push(`${name} is "${value}" and must be a URL`)
      return value
    },
    mistake: (line) => void mistakes.push(line),
  }
}

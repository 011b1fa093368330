export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }
export type JsonObject = { readonly [key: string]: JsonValue }

export type StrictJson =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly code: string; readonly detail: string; readonly pointer?: string }

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_DEPTH = 64
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** A JSON object that every parser reads alike: UTF-8, no key twice, no dangerous key, no NUL, no lone surrogate. */
export function parseStrictJson(bytes: Buffer): StrictJson {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return refused('invalid_utf8', 'the body is not valid UTF-8')
  }
  // Depth comes first: a parser that recurses must not see what is too deep.
  if (depthOf(text) > MAX_DEPTH) return refused('too_deep', `JSON may be ${MAX_DEPTH} levels deep`)
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch (error) {
    return refused('invalid_json', `the body is not JSON: ${(error as Error).message.split('"')[0]?.slice(0, 80)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused('not_an_object', 'the body must be one JSON object')
  return duplicateKey(text) ?? oddity(value, '') ?? { ok: true, value: value as JsonObject }
}

function refused(code: string, detail: string, pointer?: string): StrictJson & { ok: false } {
  return pointer === undefined ? { ok: false, code, detail } : { ok: false, code, detail, pointer }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') i = endOfString(text, i)
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth)
    else if (char === '}' || char === ']') depth--
  }
  return deepest
}

/** Index of the closing quote of the string that opens at `start`; the end of the text when it never closes. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i
  }
  return text.length
}

/** `text` is valid JSON here, so a string followed by a colon is a key of the innermost object. */
function duplicateKey(text: string): (StrictJson & { ok: false }) | undefined {
  const open: (Set<string> | undefined)[] = []
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '{') open.push(new Set())
    else if (char === '[') open.push(undefined)
    else if (char === '}' || char === ']') open.pop()
    else if (char === '"') {
      const end = endOfString(text, i)
      const keys = open.at(-1)
      if (keys && /^\s*:/.test(text.slice(end + 1, end + 64))) {
        const key = JSON.parse(text.slice(i, end + 1)) as string
        if (keys.has(key)) return refused('duplicate_key', 'a key stands twice in one object', `/${key.slice(0, 80)}`)
        keys.add(key)
      }
      i = end
    }
  }
  return undefined
}

function oddity(value: JsonValue, pointer: string): (StrictJson & { ok: false }) | undefined {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) return refused('forbidden_character', 'the character U+0000 cannot be kept', pointer)
    if (!value.isWellFormed()) return refused('lone_surrogate', 'half a surrogate pair is not a character', pointer)
    return undefined
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    return refused('number_out_of_range', 'the number is too large', pointer)
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN.has(key)) return refused('forbidden_key', 'this key is not allowed', `${pointer}/${key}`)
    const found = oddity(key, `${pointer}/${key}`) ?? oddity(item, `${pointer}/${key}`)
    if (found) return found
  }
  return undefined
}

import type { JsonObject } from './adapter.ts'
import { parseLanguage } from './languages.ts'
import { isObject, type Reading } from './reading.ts'

interface Text {
  readonly text: string
  readonly language: string | null
}

/**
 * The texts of `{"default": …, "fr": …, "en": …}`: the default first, under the language that has the same text, then
 * the others, each text once.
 */
export function inLanguages(reading: Reading, given: JsonObject[string], pointer: string): Text[] {
  if (!isObject(given)) {
    const text = reading.plain(given, pointer)
    return text === undefined ? [] : [{ text, language: null }]
  }
  const languages = new Map<string, string | null>()
  const { default: main, ...others } = given
  const first = reading.plain(main, `${pointer}/default`)
  if (first !== undefined) languages.set(first, null)
  for (const [code, value] of Object.entries(others)) {
    const text = reading.plain(value, `${pointer}/${code}`)
    if (text !== undefined) languages.set(text, languages.get(text) ?? parseLanguage(code) ?? null)
  }
  return [...languages].map(([text, language]) => ({ text, language }))
}

/** The default text. */
export function textIn(reading: Reading, given: JsonObject[string], pointer: string): string | undefined {
  return inLanguages(reading, given, pointer)[0]?.text
}

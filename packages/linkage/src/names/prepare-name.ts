import { type NameAsGiven, type PersonalName, parsePersonalName } from '@atlas/identifiers'
import { givenBits, priorOf } from '../authors/name-frequency.ts'
import { koreanFamily, koreanGiven } from './korean.ts'
import { mainForm } from './nicknames.ts'
import { mayBePinyin } from './pinyin.ts'
import { remembered } from './remembered.ts'
import { familySpelling, soundOf } from './transcriptions.ts'

/** A personal name romanised, folded and cut into parts: what others are told apart by who stand beside somebody. */
export interface NameParts {
  /** Family name without particles in one word, transcriptions written one way: Mueller and Müller are equal. */
  readonly family: string
  /** Given names and initials in order: jean, pierre; j, p. */
  readonly given: readonly string[]
  /** The given names in one word: jeanpierre. */
  readonly givenJoined: string
  /** Whether the first given name is written out. */
  readonly full: boolean
}

/** A personal name as it is compared, computed once. */
export interface PreparedName extends NameParts {
  /** As the source gave it: what people are shown. */
  readonly asGiven: string
  /** The parts of the family name: garcia, marquez. */
  readonly familyParts: readonly string[]
  /** With particles: vandenberg. */
  readonly familyWhole: string
  /** The given names as they sound, one by one and in one word: equal for two transcriptions of a name. */
  readonly sounds: readonly string[]
  readonly sound: string
  /** The name that the first given name is a form of: robert for Bob; empty where the table has none. */
  readonly form: string
  /** Whether the given names may be romanised Chinese. */
  readonly pinyin: boolean
  /** All letters, family name last and family name first. */
  readonly straight: string
  readonly turned: string
  /** The given name in Chinese characters; empty where it was not written in them. */
  readonly characters: string
  /** jr, sr, iii …; empty for none. */
  readonly suffix: string
  /** The Korean names that these may be spellings of; empty for none. */
  readonly koreanFamily: string
  readonly koreanGiven: string
  readonly group: boolean
  /** How rare it is, log2 of one bearer in how many: the whole name, and its family name. */
  readonly bits: number
  readonly familyBits: number
}

// What is worked out for a word once: the words of names come again and again.
const spell = remembered((word: string) => {
  const spelling = familySpelling(word)
  return { spelling, sound: soundOf(spelling) }
})
const hear = remembered((name: string) => ({ sound: soundOf(name), form: mainForm(name) }))
const judge = remembered((given: string) => ({ pinyin: mayBePinyin(given), korean: koreanGiven(given) }))
// Whatever else a source has behind a name says nothing of the person.
const GENERATIONS = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'neto', 'sobrinho'])
const NO_LANGUAGE = { pinyin: false, korean: '' }

// A name of a byline is read when its record is placed, when its slot is indexed, and when that is compared.
const MAX_PREPARED = 20_000
const prepared = new Map<string, PreparedName>()

/** Total: whatever the text, there is a name; one that says nothing has an empty family. */
export function prepareName(as: NameAsGiven): PreparedName {
  const key = keyOf(as)
  const known = prepared.get(key)
  if (known !== undefined) return known
  const name = readName(as)
  if (prepared.size >= MAX_PREPARED) prepared.clear()
  prepared.set(key, name)
  return name
}

/** Its parts alone, where nothing is heard or weighed: half the work. */
export function readParts(as: NameAsGiven): NameParts {
  const known = prepared.get(keyOf(as))
  if (known !== undefined) return known
  const { given, family } = parse(as)
  return {
    family: family.map((word) => spell(word).spelling).join(''),
    given,
    givenJoined: given.join(''),
    full: isWrittenOut(given),
  }
}

function keyOf({ name, given, family, suffix }: NameAsGiven): string {
  return JSON.stringify([name, given, family, suffix])
}

function parse(as: NameAsGiven): PersonalName {
  const parsed = parsePersonalName(as)
  return isInitial(parsed.family) ? turned(parsed) : parsed
}

function isWrittenOut([first = '']: readonly string[]): boolean {
  return first.length > 1
}

function readName(as: NameAsGiven): PreparedName {
  const { given, family, particles, suffix, characters, group } = parse(as)
  const spelled = family.map(spell)
  const familyParts = spelled.map(({ spelling }) => spelling)
  const joined = familyParts.join('')
  const givenJoined = given.join('')
  const full = isWrittenOut(given)
  const heard = given.map(hear)
  const sounds = heard.map(({ sound }) => sound)
  const sound = sounds.join('')
  const surname = particles.map(soundOf).join('') + spelled.map((word) => word.sound).join('')
  const familyBits = priorOf(joined)
  const { pinyin, korean } = full ? judge(givenJoined) : NO_LANGUAGE
  return {
    asGiven: shownName(as),
    family: joined,
    familyParts,
    familyWhole: particles.join('') + joined,
    given,
    givenJoined,
    full,
    sounds,
    sound,
    form: full ? (heard[0]?.form ?? '') : '',
    pinyin,
    straight: sound + surname,
    turned: surname + sound,
    characters,
    suffix: suffix !== null && GENERATIONS.has(suffix) ? suffix : '',
    koreanFamily: koreanFamily(joined),
    koreanGiven: korean,
    group,
    bits: givenBits(given) + familyBits,
    familyBits,
  }
}

function isInitial(family: readonly string[]): boolean {
  return family.every((part) => part.length < 2)
}

/** Where no family names are borne, an initial may stand behind the name: Bharathi B is B. Bharathi. */
function turned(parsed: PersonalName): PersonalName {
  const at = parsed.given.findLastIndex((name) => name.length > 1)
  const name = parsed.given[at]
  if (name === undefined) return parsed
  return { ...parsed, family: [name], given: [...parsed.given.filter((_, other) => other !== at), ...parsed.family] }
}

function shownName({ name, given, family }: NameAsGiven): string {
  return (name ?? [given, family].filter(Boolean).join(' ')).trim()
}

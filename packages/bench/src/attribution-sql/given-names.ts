import { NAME_LEVELS, type NameLevel } from '@atlas/linkage'

/** Where the given names of one side of a pair stand, as SQL expressions. */
export interface GivenColumns {
  readonly given: string
  readonly count: string
  readonly joined: string
  readonly full: string
  readonly sounds: string
  readonly sound: string
  readonly written: string
  readonly first: string
  readonly form: string
  readonly pinyin: string
  readonly characters: string
  readonly korean: string
  readonly soft: string
  readonly slavic: string
}

/** The columns of side `a` or `b` as they were loaded. */
export function givenColumns(side: 'a' | 'b'): GivenColumns {
  return {
    given: `${side}_given`,
    count: `${side}_given_count`,
    joined: `${side}_joined`,
    full: `${side}_full`,
    sounds: `${side}_sounds`,
    sound: `${side}_sound`,
    written: `${side}_written`,
    first: `${side}_first`,
    form: `${side}_form`,
    pinyin: `${side}_pinyin`,
    characters: `${side}_characters`,
    korean: `${side}_korean_given`,
    soft: `${side}_soft`,
    slavic: `${side}_slavic`,
  }
}

/** A level of names as a number, 0 for the best. */
export function rankOf(level: NameLevel): number {
  return NAME_LEVELS.indexOf(level)
}

/** The level of two names of one family, by their given names alone. */
export function givenLevel(a: GivenColumns, b: GivenColumns): string {
  const mayAgree = (level: NameLevel) =>
    `case when ${middlesAgree(a, b)} then ${rankOf(level)} else ${rankOf('middle_conflict')} end`
  return `case
    when ${a.characters} <> '' and ${b.characters} <> ''
      then case when ${a.characters} = ${b.characters} then ${rankOf('exact')} else ${rankOf('conflict')} end
    when ${a.count} = 0 or ${b.count} = 0 then ${rankOf('family_only')}
    when ${a.joined} = ${b.joined} and ${a.full} = ${b.full}
      then case when ${a.written} then ${rankOf('exact')} else ${rankOf('initials')} end
    when not ${a.full} or not ${b.full} then case
      when ${abbreviates(a, b)} then ${rankOf('initials')}
      when ${isUsed(a, b)} or ${isUsed(b, a)} then ${rankOf('similar')}
      else ${rankOf('conflict')} end
    when ${a.korean} <> '' and ${a.korean} = ${b.korean} then ${rankOf('similar')}
    when ${a.korean} <> '' and ${b.korean} <> '' and ${a.first} = ${b.first} then ${rankOf('conflict')}
    when ${a.first} = ${b.first} then ${mayAgree('compatible')}
    when ${a.form} <> '' and ${a.form} = ${b.form} then ${mayAgree('similar')}
    when ${a.pinyin} and ${b.pinyin} then ${rankOf('conflict')}
    when ${a.sound} = ${b.sound} then ${rankOf('similar')}
    when ${a.sounds}[1] = ${b.sounds}[1] then ${mayAgree('similar')}
    when ${isVariant(a, b)} then ${rankOf('similar')}
    else ${rankOf('conflict')} end`
}

// Most people have one given name or two: the third and those behind it are walked through only where there are any.
function abbreviates(a: GivenColumns, b: GivenColumns): string {
  const agree = (at: string | number) => `(${sameInitial(`${a.given}[${at}]`, `${b.given}[${at}]`)}
    or (${a.slavic} or ${b.slavic}) and ${a.soft}[${at}] and ${b.soft}[${at}])`
  const shared = `least(${a.count}, ${b.count})`
  return `(case when not ${agree(1)} then false when ${shared} < 2 then true when not ${agree(2)} then false
    when ${shared} < 3 then true
    else len(list_filter(range(3, ${shared} + 1), lambda i: not ${agree('i')})) = 0 end)`
}

function isUsed(abbreviated: GivenColumns, full: GivenColumns): string {
  const second = `${abbreviated.given}[2]`
  return `(${abbreviated.count} > 1 and strlen(${abbreviated.first}) = 1 and strlen(${second}) > 2
    and ${second} = ${full.first})`
}

function sameInitial(x: string, y: string): string {
  return `(case when strlen(${x}) = 1 or strlen(${y}) = 1 then ${x}[1] = ${y}[1] else ${x} = ${y} end)`
}

// The side with fewer middle names must find its own on the other; with none there is nothing to disagree about.
function middlesAgree(a: GivenColumns, b: GivenColumns): string {
  return `(case when least(${a.count}, ${b.count}) < 2 then true
    else (${a.count} > ${b.count} or ${hasMiddles(b, a)}) and (${b.count} > ${a.count} or ${hasMiddles(a, b)}) end)`
}

function hasMiddles(long: GivenColumns, short: GivenColumns): string {
  const [name, other] = [`${short.given}[i]`, `${long.given}[j]`]
  const found = `(${sameInitial(name, other)}
    or strlen(${name}) > 1 and strlen(${other}) > 1 and ${eitherBegins(name, other)}
    or ${short.sounds}[i] = ${long.sounds}[j])`
  return `len(list_filter(range(2, ${short.count} + 1), lambda i:
    len(list_filter(range(2, ${long.count} + 1), lambda j: ${found})) = 0)) = 0`
}

function eitherBegins(x: string, y: string): string {
  return `(starts_with(${x}, ${y}) or starts_with(${y}, ${x}))`
}

function isVariant(a: GivenColumns, b: GivenColumns): string {
  const shorter = `least(strlen(${a.first}), strlen(${b.first}))`
  return `(${shorter} >= 3 and (${eitherBegins(a.first, b.first)} or ${eitherBegins(a.joined, b.joined)})
    or ${isLater(a, b.first)} or ${isLater(b, a.first)}
    or ${shorter} >= 6 and abs(strlen(${a.first}) - strlen(${b.first})) <= 1 and levenshtein(${a.first}, ${b.first}) = 1)`
}

function isLater({ given, count }: GivenColumns, name: string): string {
  return `(${count} > 1 and case when strlen(${name}) > 2 then list_contains(${given}[2:], ${name})
    else ${given}[-1] = ${name} end)`
}

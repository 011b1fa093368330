import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames, type NameLevel } from '../names/compare-names.ts'
import { prepareName } from '../names/prepare-name.ts'
import { aProfile, aSlot, aWork } from '../testing/a-pair.ts'
import { readCases } from '../testing/cases.ts'
import type { NameForm } from '../types.ts'
import { lookupOf } from './blocks.ts'
import { allKeys, profileKeys, slotKeys } from './keys.ts'

// As names.csv writes them: a comma of the name as a semicolon, a name that its source split with a bar.
function formOf(text: string): NameForm {
  const [family, given] = text.split(' | ')
  if (given === undefined) return { name: text.replaceAll(';', ','), given: null, family: null }
  return { name: `${given} ${family}`, given, family: family ?? null }
}

/** A name on a byline and as that of a profile of which nothing else is known, while no block is wide. */
function bothSidesOf(text: string) {
  const name = formOf(text)
  const { keys } = lookupOf(slotKeys(aSlot('', { names: [name] }), aWork()), () => false)
  const under = new Set(allKeys(profileKeys(aProfile('', { names: [name] }))).map(({ key }) => key))
  return { text, name: prepareName(name), keys: keys.map(({ key }) => key), under }
}

type Sides = ReturnType<typeof bothSidesOf>

/** Pairs of one of these levels that share no key, the first on the byline. */
function missedAmong(names: readonly Sides[], levels: ReadonlySet<NameLevel>): readonly string[] {
  return names.flatMap((slot) =>
    names.flatMap((profile) => {
      if (slot.keys.some((key) => profile.under.has(key))) return []
      const level = compareNames(slot.name, profile.name)
      return levels.has(level) ? [`${level}: ${slot.text} · ${profile.text}`] : []
    }),
  )
}

// Not `family_only`, where one word stands for everybody of a family, nor `family_typo`, which nothing but an iD finds.
const ONE_NAME = new Set<NameLevel>(['exact', 'compatible', 'similar', 'compound', 'swapped', 'initials'])

const written = readCases(new URL('../names/names.csv', import.meta.url)).flatMap(([a = '', b = '']) => [a, b])

test('any two of the written cases that are compared as forms of one name share a key', () => {
  expect(missedAmong([...new Set(written)].map(bothSidesOf), ONE_NAME)).toEqual([])
})

test('so do names put together from a few words, where all that is written agrees', () => {
  const few = 'ana a. jo josé m. li wei kim min soo garcía van lópez yuri iu. petrov bob robert'.split(' ')
  const words = (minLength: number) =>
    fc.array(fc.constantFrom(...few), { minLength, maxLength: 3 }).map((list) => list.join(' '))
  const name = fc.oneof(
    words(1),
    fc.tuple(words(1), words(0)).map((parts) => parts.join(' | ')),
  )
  fc.assert(
    fc.property(fc.array(name, { minLength: 30, maxLength: 30 }), (names) => {
      expect(missedAmong(names.map(bothSidesOf), new Set<NameLevel>(['exact', 'compatible', 'swapped']))).toEqual([])
    }),
  )
})

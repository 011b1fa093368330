import { isSlavic, type PreparedName, soundOf } from '@atlas/linkage'
import type { Columns } from './tables.ts'

/** Columns of one prepared name; the side stands before each. */
const NAME_COLUMNS = {
  family: 'varchar',
  family_whole: 'varchar',
  family_sound: 'varchar',
  family_mac: 'varchar',
  slavic: 'boolean',
  parts: 'varchar[]',
  part_count: 'integer',
  sorted_parts: 'varchar',
  parts_written: 'boolean',
  given: 'varchar[]',
  given_count: 'integer',
  first: 'varchar',
  joined: 'varchar',
  full: 'boolean',
  written: 'boolean',
  soft: 'boolean[]',
  sounds: 'varchar[]',
  sound: 'varchar',
  form: 'varchar',
  pinyin: 'boolean',
  straight: 'varchar',
  turned: 'varchar',
  characters: 'varchar',
  suffix: 'varchar',
  korean_family: 'varchar',
  korean_given: 'varchar',
  is_group: 'boolean',
  bits: 'double',
  family_bits: 'double',
} as const

export type NameRow = Readonly<Record<keyof typeof NAME_COLUMNS, unknown>>

/** The columns of a name on side `a` or `b`. */
export function nameColumns(side: 'a' | 'b'): Columns {
  return Object.fromEntries(Object.entries(NAME_COLUMNS).map(([name, type]) => [`${side}_${name}`, type]))
}

/** A prepared name on side `a` or `b`. What hangs on one name alone and takes our side time is worked out beforehand, too. */
export function nameRow(name: PreparedName, side: 'a' | 'b'): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(valuesOf(name)).map(([column, value]) => [`${side}_${column}`, value]))
}

function valuesOf(name: PreparedName): NameRow {
  const { family, familyParts, given } = name
  return {
    family,
    family_whole: name.familyWhole,
    family_sound: soundOf(family),
    family_mac: family.replace(/^mc/, 'mac'),
    slavic: isSlavic(family),
    parts: familyParts,
    part_count: familyParts.length,
    sorted_parts: familyParts.toSorted().join(' '),
    parts_written: familyParts.every((part) => part.length > 1),
    given,
    given_count: given.length,
    first: given[0] ?? '',
    joined: name.givenJoined,
    full: name.full,
    written: given.some((one) => one.length > 1),
    soft: given.map((one) => /^[yij](?:[ua]|$)/.test(one)),
    sounds: name.sounds,
    sound: name.sound,
    form: name.form,
    pinyin: name.pinyin,
    straight: name.straight,
    turned: name.turned,
    characters: name.characters,
    suffix: name.suffix,
    korean_family: name.koreanFamily,
    korean_given: name.koreanGiven,
    is_group: name.group,
    bits: name.bits,
    family_bits: name.familyBits,
  }
}

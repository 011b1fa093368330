import { describe, expect, it } from 'vitest'
import { compatibleForenames, initialsOnly, nameBlock, plainName } from './plain-name.ts'

describe('the block of a name', () => {
  it.each([
    { name: 'Ada Mirski', block: 'mirski a' },
    { name: 'Å. Mirski', block: 'mirski a' },
    { name: 'Jean-Pierre García-Márquez', block: 'marquez j' },
    { name: 'Plato', block: 'plato' },
    { name: '', block: '' },
  ])('$name: $block', ({ name, block }) => expect(nameBlock(name)).toBe(block))
})

describe('compatible forenames', () => {
  it.each([
    { a: 'A. Mirski', b: 'Ada Mirski', compatible: true },
    { a: 'Ada B. Mirski', b: 'Ada Mirski', compatible: true },
    { a: 'Jean-Pierre Roux', b: 'Jean Roux', compatible: true },
    { a: 'Anna Mirski', b: 'Ada Mirski', compatible: false },
    { a: 'Ada B. Mirski', b: 'Ada C. Mirski', compatible: false },
    { a: 'Mirski', b: 'Ada Mirski', compatible: true },
  ])('$a, $b: $compatible', ({ a, b, compatible }) => {
    expect(compatibleForenames(plainName(a), plainName(b))).toBe(compatible)
    expect(compatibleForenames(plainName(b), plainName(a))).toBe(compatible)
  })
})

describe('initials only', () => {
  it.each([
    { name: 'A. Mirski', only: true },
    { name: 'A.B. Mirski', only: true },
    { name: 'AB Mirski', only: true },
    { name: 'J.-P. Roux', only: true },
    { name: 'Ada Mirski', only: false },
    { name: 'A. Beth Mirski', only: false },
    { name: 'LI WEI', only: false },
  ])('$name: $only', ({ name, only }) => expect(initialsOnly(name)).toBe(only))
})

import { expect, it } from 'vitest'
import { invertedName, medlineName } from './written-names.ts'

const shown = ({ name, given, family, suffix, nameForms }: ReturnType<typeof invertedName>) =>
  [name, given, family, suffix, ...nameForms].map((part) => part ?? '-').join(' | ')

it.each([
  ['Mitidieri, André Luis', 'André Luis Mitidieri | André Luis | Mitidieri | -'],
  ['Crut , Aurélien', 'Aurélien Crut | Aurélien | Crut | -'],
  ['Falk, Ines, Jr.', 'Ines Falk Jr. | Ines | Falk | Jr.'],
  ['Ines Falk, PhD', 'Ines Falk | - | - | - | Ines Falk, PhD'],
  ['Ines Falk, MD, PhD', 'Ines Falk | - | - | - | Ines Falk, MD, PhD'],
  ['Ines Falk, BS', 'Ines Falk | - | - | - | Ines Falk, BS'],
  ['Ma, MD', 'MD Ma | MD | Ma | -'],
  ['Genomics Consortium,', 'Genomics Consortium | - | - | -'],
  [', Ines', 'Ines | - | - | -'],
  ['Dept. of Trees, City, Country, Planet', 'Dept. of Trees, City, Country, Planet | - | - | -'],
])('%s', (written, expected) => expect(shown(invertedName(written))).toBe(expected))

it.each([
  ['Gadd N', 'N Gadd | N | Gadd | - | Gadd N'],
  ['van der Berg JM Jr', 'JM van der Berg Jr | JM | van der Berg | Jr | van der Berg JM Jr'],
  ['wang r', 'r wang | r | wang | - | wang r'],
  ['Dupont J-P', 'J-P Dupont | J-P | Dupont | - | Dupont J-P'],
  ['Editorial Office', 'Editorial Office | - | - | -'],
  ['Editorial Team', 'Editorial Team | - | - | -'],
  ['Plato', 'Plato | - | - | -'],
])('%s in MEDLINE', (written, expected) => expect(shown(medlineName(written))).toBe(expected))

export { jaroWinkler } from './jaro-winkler.ts'
export { bytesOf, COAUTHORS, INSTITUTIONS, type People, peopleOf, type Sketch } from './people.ts'
export { SKETCHY, scoreBlocks } from './score-blocks.ts'
export { type Texts, textAt, textsOf } from './texts.ts'

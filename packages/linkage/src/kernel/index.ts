export { jaroWinkler } from './jaro-winkler.ts'
export { type Texts, textAt, textsOf } from './texts.ts'

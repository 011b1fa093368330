export {
  type Digest,
  type DigestKind,
  type DigestObject,
  differencesOf,
  digestOfKinds,
  digestOfObjects,
  tellDifferences,
} from './digest.ts'
export { type DigestDatabases, digestOf } from './read-digest.ts'

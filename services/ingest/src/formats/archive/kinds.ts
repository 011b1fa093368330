import { isTarHeader } from './tar-header.ts'

/** What the first bytes of a file say. */
export type FileKind = 'gzip' | 'zstd' | 'zip' | 'tar' | 'plain' | { readonly unsupported: string }

const MAGIC: readonly (readonly [string, FileKind])[] = [
  ['1f8b', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['504b0304', 'zip'],
  ['504b0506', 'zip'], // no entries
  ['504b0708', { unsupported: 'a zip in several parts' }],
  ['377abcaf271c', { unsupported: '7z' }],
  ['526172211a07', { unsupported: 'rar' }],
  ['fd377a585a00', { unsupported: 'xz' }],
  ['04224d18', { unsupported: 'lz4' }],
  ['425a68', { unsupported: 'bzip2' }],
]

/** As many first bytes as are looked at. */
export const KIND_BYTES = 512

export function kindOf(head: Buffer): FileKind {
  const found = MAGIC.find(([magic]) => head.subarray(0, magic.length / 2).toString('hex') === magic)
  if (found) return found[1]
  return isTarHeader(head) ? 'tar' : 'plain'
}

const ENDINGS: readonly (readonly [RegExp, 'gzip' | 'zstd' | 'zip' | 'tar' | 'plain'])[] = [
  [/\.(gz|tgz)$/i, 'gzip'],
  [/\.(zst|tzst)$/i, 'zstd'],
  [/\.zip$/i, 'zip'],
  [/\.tar$/i, 'tar'],
  [/\.(json|jsonl|ndjson|xml|csv|tsv|bib|ris|txt)$/i, 'plain'],
]

/** What a name promises; undefined: nothing. */
export function promisedBy(name: string): 'gzip' | 'zstd' | 'zip' | 'tar' | 'plain' | undefined {
  return ENDINGS.find(([ending]) => ending.test(name))?.[1]
}

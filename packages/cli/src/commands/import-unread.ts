import type { ImportEvent } from '@atlas/testing/deployment'

const SHOWN = 5

/** A file that an import could not read, or not to its end. A folder that no source claims is none. */
export function isUnread({ event, state, code }: ImportEvent): boolean {
  return event === 'file' && (state === 'failed' || (state === 'skipped' && code !== 'unknown_source'))
}

/** The last line of an import that did not read everything: which files, why, and that it is not done. */
export function unreadText(files: readonly ImportEvent[]): string {
  if (files.length === 0) return 'nothing was read: no file is of a source that is known'
  const lines = files.slice(0, SHOWN).map(({ name, code, detail }) => `  ${name}: ${code}: ${detail}`)
  const rest = files.length > SHOWN ? [`  and ${files.length - SHOWN} more, above`] : []
  const what =
    files.length === 1 ? '1 file was not read to its end' : `${files.length} files were not read to their end`
  return [`not complete: ${what}`, ...lines, ...rest].join('\n')
}

export interface ShadowRunAnswer {
  readonly runId: string
  readonly version: string
  readonly against: string
  readonly phase: string
  readonly goneThrough: number
}

export interface ShadowStatusAnswer {
  readonly shipped: string
  readonly inUse: { readonly version: string } | null
  readonly run: ShadowRunAnswer | null
  readonly rematch: { readonly phase: string; readonly queued: number } | null
}

export interface ShadowChangeAnswer {
  readonly workId: string
  readonly kinds: readonly string[]
  readonly candidates: number
  readonly withdrawn: number
  readonly decided: number
  readonly title: string | null
  readonly now: readonly { readonly record: string; readonly role: string }[]
  readonly next: readonly { readonly record: string; readonly role: string }[]
  readonly redirectTo: string | null
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly slots: { readonly kept: number; readonly changed: number; readonly gone: number; readonly added: number }
}

export interface ShadowReportAnswer {
  readonly run: ShadowRunAnswer
  readonly summary: {
    readonly kinds: Readonly<Record<string, number>>
    readonly changes: number
    readonly candidates: number
    readonly withdrawn: number
    readonly decided: number
    readonly outdated: number
    readonly numberedSince: number
  }
  readonly changes: readonly ShadowChangeAnswer[]
  readonly next: string | null
}

/** Where things are: which rules are in use, and how far a run and the rematch behind a switch have come. */
export function statusText({ shipped, inUse, run, rematch }: ShadowStatusAnswer): string {
  return [
    `rules of the build  ${shipped}`,
    `rules in use        ${inUse?.version ?? 'those of the build'}`,
    run === null
      ? 'shadow              none yet'
      : `shadow              ${run.version}: ${run.phase}, ${run.goneThrough} works gone through`,
    rematch === null || rematch.phase === 'done'
      ? 'going through all   done'
      : `going through all   ${rematch.phase}, ${rematch.queued} so far`,
  ].join('\n')
}

/** What would change, and what hangs on it. */
export function summaryText({ run, summary }: ShadowReportAnswer): string {
  const { kinds, changes, candidates, withdrawn, decided, outdated, numberedSince } = summary
  return [
    `${run.version} in place of ${run.against}: ${run.phase}, ${run.goneThrough} works gone through`,
    `${changes} works would change${changes === 0 ? '' : ':'}`,
    ...Object.entries(kinds).map(([kind, count]) => `  ${String(count).padStart(9)} ${MEANING[kind] ?? kind}`),
    `${candidates} published candidates on them, ${withdrawn} of them on slots that would be gone`,
    `${decided} slots of them that a person has decided on: the decisions follow the mentions`,
    ...(numberedSince > 0
      ? [
          `${numberedSince} states were numbered since it began, and ${outdated} of these works have changed: what arrived is not in it`,
        ]
      : []),
  ].join('\n')
}

const MEANING: Readonly<Record<string, string>> = {
  merges: 'would hold members of several works of now',
  splits: 'have members that would be in several works',
  appears: 'would be new, or live again',
  vanishes: 'would be merged away',
  primary: 'would have another primary record',
  roles: 'would have members with another role',
  slots: 'would have another byline',
  canonical: 'would show another title, date, venue …',
  evidence: 'would show the same, for other reasons',
}

export function changeText(change: ShadowChangeAnswer): string {
  const { workId, kinds, title, now, next, redirectTo, fields, slots, candidates, withdrawn, decided } = change
  const members = (all: ShadowChangeAnswer['now']): string =>
    all.length === 0 ? 'none' : all.map(({ record, role }) => `${record} (${role})`).join(', ')
  const moved = slots.changed + slots.gone + slots.added
  return [
    `${workId}  ${kinds.join(', ')}  ${title ?? '(no title)'}`,
    `  now   ${members(now)}`,
    `  then  ${redirectTo === null ? members(next) : `redirects to ${redirectTo}`}`,
    ...Object.entries(fields).map(([field, [was, is]]) => `  ${field}: ${JSON.stringify(was)} → ${JSON.stringify(is)}`),
    ...(moved === 0
      ? []
      : [`  byline: ${slots.kept} stay, ${slots.changed} change, ${slots.gone} go, ${slots.added} come`]),
    ...(candidates + decided === 0 ? [] : [`  ${candidates} candidates, ${withdrawn} withdrawn, ${decided} decided`]),
  ].join('\n')
}

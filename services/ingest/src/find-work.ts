import { z } from 'zod'

/** The work that a record is in, and by which rule; or why it is in none, or why that is not known. */
export type WorkOf =
  | { readonly work: { readonly workId: string; readonly reason: string } }
  | { readonly work: null; readonly noWork?: string }
  | { readonly work: null; readonly workUnknown: string }

export type FindWork = (recordId: string) => Promise<WorkOf>

export interface MatcherAddress {
  /** Empty: there is none. */
  readonly url: string
  /** Of ingest, as the matcher knows it. */
  readonly secret: string
  readonly timeoutMs: number
}

const placeAnswer = z.object({
  kind: z.string(),
  live: z.boolean(),
  state: z.string().nullable(),
  workId: z.string().nullable(),
  reason: z.string().nullable(),
})

/** Asks the matcher. Its silence is part of the answer: what ingest itself knows must not wait for it. */
export function workFinder({ url, secret, timeoutMs }: MatcherAddress): FindWork {
  return async (recordId) => {
    if (url === '') return unknown('no matcher is configured')
    const response = await fetch(new URL(`/internal/records/${recordId}`, url), {
      headers: { authorization: `Service ingest:${secret}` },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: Error) => error)
    if (response instanceof Error) return unknown('the matcher does not answer')
    if (response.status === 404) return unknown('the matcher has not read the record')
    const body: unknown = await response.json().catch((error: Error) => error)
    const place = placeAnswer.safeParse(body)
    if (response.ok && place.success) return workAt(place.data)
    return unknown(`the matcher refused to say: ${response.status}`)
  }
}

function workAt({ kind, live, state, workId, reason }: z.infer<typeof placeAnswer>): WorkOf {
  if (workId !== null && reason !== null) return { work: { workId, reason } }
  if (!live) return { work: null, noWork: 'the matcher has taken the record out' }
  if (state === 'kept') return { work: null, noWork: `a record of kind "${kind}" describes no work` }
  return { work: null, noWork: `the matcher placed it nowhere: ${state ?? 'it waits'}` }
}

function unknown(workUnknown: string): WorkOf {
  return { work: null, workUnknown }
}

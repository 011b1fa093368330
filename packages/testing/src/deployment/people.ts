import { randomUUID } from 'node:crypto'
import type { Deployment } from './start-deployment.ts'

const OPERATOR = { actor: 'operator', onBehalfOf: null, roles: ['admin'] } as const

/** What a test or the demo does from outside: as an operator, as a source, as a researcher. Only over HTTP. */
export async function asOperator<T>(
  deployment: Deployment,
  service: 'ingest' | 'profiles' | 'matcher' | 'verifier' | 'api',
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<T> {
  return answered(
    await fetch(new URL(path, deployment.url(service)), {
      method,
      headers: { ...deployment.operator.headersFor(OPERATOR), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
}

export async function createPushKey(deployment: Deployment, sources: readonly string[]): Promise<string> {
  return (await asOperator<{ key: string }>(deployment, 'ingest', 'POST', '/internal/keys', { sources })).key
}

export interface PushAnswer {
  readonly batchId: string
  readonly lines: number
  readonly counts: Readonly<Record<'stored' | 'updated' | 'duplicate' | 'stale' | 'refused', number>>
  readonly errors: readonly { readonly line: number; readonly code: string; readonly detail: string }[]
}

/** Pushes native records, one a line, as their source would. */
export async function push(
  deployment: Deployment,
  key: string,
  source: string,
  lines: Iterable<string>,
  headers: Readonly<Record<string, string>> = {},
): Promise<PushAnswer> {
  return answered(
    await fetch(new URL(`/v1/sources/${source}/records`, deployment.url('ingest')), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson', ...headers },
      body: [...lines].map((line) => `${line}\n`).join(''),
    }),
  )
}

export interface NewProfile {
  readonly profileId?: string
  readonly displayName: string
  readonly names: readonly {
    readonly name: string
    readonly given?: string | null
    readonly family?: string | null
    readonly primary?: boolean
  }[]
  readonly identities?: readonly {
    readonly type: string
    readonly value: string
    readonly primary?: boolean
    readonly method?: string
    readonly verifiedAt?: string | null
  }[]
  readonly affiliations?: readonly {
    readonly name: string
    readonly ror?: string | null
    readonly country?: string | null
    readonly fromYear?: number | null
    readonly toYear?: number | null
  }[]
  readonly settings?: Readonly<Record<string, unknown>>
}

export async function createProfiles(
  deployment: Deployment,
  profiles: readonly NewProfile[],
): Promise<readonly string[]> {
  const made: string[] = []
  for (let from = 0; from < profiles.length; from += 50) {
    const answer = await asOperator<{ profiles: { profileId: string }[] }>(
      deployment,
      'profiles',
      'POST',
      '/v1/profiles',
      {
        profiles: profiles.slice(from, from + 50),
      },
    )
    made.push(...answer.profiles.map((profile) => profile.profileId))
  }
  return made
}

export interface QuestionView {
  readonly candidateId: string
  readonly workId: string
  readonly slotId: string
  readonly slotName: string
  readonly title: string | null
  readonly score: number
  readonly logOdds: number
  readonly revision: number
  readonly version: number
  readonly status: string
  readonly flags: readonly string[]
  readonly sources: readonly string[]
  readonly reasons: readonly {
    readonly type: string
    readonly level: string
    readonly weight: number
    readonly details: string | null
  }[]
}

export interface Receipt {
  readonly actId: string
  readonly chainSeq: number
  readonly hash: string
  readonly version: number
  readonly status: string
  readonly flags: readonly string[]
}

/** A researcher who is signed in at the gateway. */
export interface Researcher {
  readonly profileId: string
  get<T>(path: string): Promise<T>
  /** The whole queue, page after page. */
  queue(query?: string): Promise<readonly QuestionView[]>
  decide(question: QuestionView, decision: string, key?: string): Promise<Receipt>
  /** As `decide`, without throwing on a refusal. */
  tryDecide(question: QuestionView, decision: string, key?: string): Promise<Response>
}

export async function signIn(deployment: Deployment, profileId: string): Promise<Researcher> {
  const response = await fetch(new URL('/auth/development', deployment.url('api')), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ profileId }),
  })
  await answered(response)
  const cookie = response.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ')
  const get = async <T>(path: string): Promise<T> =>
    answered(await fetch(new URL(path, deployment.url('api')), { headers: { cookie } }))
  const tryDecide = ({ candidateId, version, revision }: QuestionView, decision: string, key: string = randomUUID()) =>
    fetch(new URL(`/v1/candidates/${candidateId}/verify`, deployment.url('api')), {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ decision, version, revision }),
    })
  return {
    profileId,
    get,
    async queue(query = '') {
      const questions: QuestionView[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: QuestionView[]; next: string | null } = await get(
          `/v1/candidates?perPage=100${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        )
        questions.push(...page.items)
        cursor = page.next
      }
      return questions
    },
    decide: async (question, decision, key) => answered(await tryDecide(question, decision, key)),
    tryDecide,
  }
}

/** The body of a good answer; a refusal becomes an error that says what was refused. */
export async function answered<T>(response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 500)}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

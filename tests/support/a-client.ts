import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { systemClock } from '@atlas/runtime'
import type { Recorder } from '@atlas/testing/check'
import { answered, type QuestionView, type Receipt } from '@atlas/testing/deployment'
import type { Random } from '@atlas/testing/world'

export interface ClientOptions {
  readonly name: string
  readonly api: string
  readonly profileId: string
  readonly random: Random
  readonly recorder: Recorder
}

/** What a client has met. */
export interface Met {
  lost: number
  replayed: number
  refused: number
}

export interface Client extends AsyncDisposable {
  readonly met: Met
  /** How one of its questions stands now. */
  question(candidateId: string): Promise<QuestionView>
  /**
   * Decides under one key until it knows: the answer is lost now and then, and asked for again. Undefined when it was
   * refused for good.
   */
  decide(question: QuestionView, decision: string): Promise<Receipt | undefined>
}

interface Answer {
  readonly status: number
  readonly replay: boolean
  readonly body: Partial<Receipt> & { readonly code?: string }
}

/** What says nothing about the act: we do not know, or not yet, and the same request may be answered otherwise. */
const isPassing = ({ status, body }: Answer) => status >= 500 || body.code === 'idempotency_in_progress'
const PAUSE_MS = 50
const LOST = 0.3
const TRIES = 50

/** A session at the gateway with connections of its own, some of which break after a request was sent. */
export async function aClient(options: ClientOptions): Promise<Client> {
  const { api, profileId, random, recorder, name } = options
  const response = await fetch(new URL('/auth/development', api), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ profileId }),
  })
  await answered(response)
  const cookie = response.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ')
  const agent = new Agent({ keepAlive: true })
  const met: Met = { lost: 0, replayed: 0, refused: 0 }

  /** One try; undefined when its answer was lost. */
  function post(path: string, key: string, body: string): Promise<Answer | undefined> {
    const lose = random.chance(LOST) ? random.pick(['sent', 'answered'] as const) : undefined
    return new Promise((resolve, reject) => {
      const headers = {
        cookie,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': key,
      }
      const call = request(new URL(path, api), { method: 'POST', agent, headers }, (given) => {
        if (lose === 'answered') return void call.destroy()
        let text = ''
        given.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        given.on('end', () => {
          const replay = given.headers['idempotent-replay'] === 'true'
          resolve({ status: given.statusCode ?? 0, replay, body: JSON.parse(text) as Answer['body'] })
        })
      })
      call.on('close', () => resolve(undefined))
      call.on('error', (error) => (lose === undefined ? reject(error) : resolve(undefined)))
      // Every byte has left us: whether it arrives, and what becomes of it, is never learned here.
      call.on('finish', () => lose === 'sent' && setImmediate(() => call.destroy()))
      call.end(body)
    })
  }

  return {
    met,
    async question(candidateId) {
      for (let tries = 1; ; tries++) {
        const response = await fetch(new URL(`/v1/candidates/${candidateId}`, api), { headers: { cookie } })
        if (response.status < 500 || tries === TRIES) return answered(response)
        await response.body?.cancel()
        await systemClock.sleep(PAUSE_MS)
      }
    },
    async decide({ candidateId, version, revision }, decision) {
      const key = randomUUID()
      const asked = { profileId, candidateId, decision }
      const body = JSON.stringify({ decision, version, revision })
      for (let tries = 1; tries <= TRIES; tries++) {
        const answer = await post(`/v1/candidates/${candidateId}/verify`, key, body)
        if (!answer) met.lost++
        else if (answer.status === 201) {
          const receipt = answer.body as Receipt
          if (answer.replay) met.replayed++
          recorder.decided(name, key, asked, receipt)
          return receipt
        } else if (!isPassing(answer)) {
          met.refused++
          recorder.decided(name, key, asked, 'refused')
          return undefined
        }
        recorder.decided(name, key, asked, 'unknown')
        // As any client would: who is busy is not asked again at once.
        if (answer) await systemClock.sleep(PAUSE_MS)
      }
      throw new Error(`${name} got no answer in ${TRIES} tries`)
    },
    async [Symbol.asyncDispose]() {
      agent.destroy()
    },
  }
}

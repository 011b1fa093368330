import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { type CommandSigner, createApp, createMetrics, type Database, listen } from '@atlas/runtime'
import { aGateway, quiet } from '@atlas/testing/vitest'
import express from 'express'
import { afterAll, inject } from 'vitest'
import { createGateway, type GatewayConfig } from '../routes/gateway.ts'
import { openRedis } from '../service.ts'

export interface Asked {
  readonly method?: string
  /** Exactly these bytes: nothing tidies them up on the way. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Buffer
}

export interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: { readonly code?: string; readonly [field: string]: unknown }
}

/** What the owner behind the gateway answers to the next commands, and what it was asked. */
export interface FakeOwner {
  answer: (asked: { readonly path: string; readonly body: unknown; readonly headers: IncomingHttpHeaders }) => {
    readonly status: number
    readonly body: unknown
    readonly headers?: Readonly<Record<string, string>>
  }
}

export interface ServedGateway {
  readonly port: number
  readonly owner: FakeOwner
  readonly signer: CommandSigner
  ask(asked: Asked): Promise<Got>
  /** The header `Cookie` of somebody who has signed in. */
  signIn(profileId: string): Promise<string>
}

/** The gateway on a port, over this database and the run's Redis; its owners are one server that says what a test wants. */
export async function aServedGateway(
  database: Database,
  over: Partial<GatewayConfig> & { readonly redisUrl?: string } = {},
): Promise<ServedGateway> {
  const owner: FakeOwner = { answer: () => ({ status: 500, body: {} }) }
  const ownerApp = express().use(express.json(), (request, response) => {
    const {
      status,
      body,
      headers = {},
    } = owner.answer({
      path: request.path,
      body: request.body,
      headers: request.headers,
    })
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.status(status).json(body)
  })
  const ownerServer = await listen(ownerApp, 0)
  const operators = aGateway()
  const redis = openRedis(over.redisUrl ?? inject('stack').redisUrl, 5_000)
  // What the service does with it: logs. Here the answers tell.
  redis.on('error', () => undefined)
  const ownerUrl = `http://127.0.0.1:${ownerServer.port}`
  const gateway = createGateway(
    { database, redis, clock: { now: () => Date.now() }, metrics: createMetrics('api') },
    {
      cursorSecret: 'a secret of thirty-two characters',
      developmentSignIn: true,
      loopback: true,
      operators: operators.verifier,
      ownerTimeoutMs: 500,
      curators: new Set(),
      matcherUrl: ownerUrl,
      profilesUrl: ownerUrl,
      publicUrl: undefined,
      secureCookies: false,
      signer: operators.signerConfig,
      verifierUrl: ownerUrl,
      version: '0',
      ...over,
    },
  )
  const server = await listen(
    createApp({ logger: quiet, metrics: createMetrics('api'), routers: gateway.routers, before: gateway.before }),
    0,
  )
  afterAll(async () => {
    await Promise.all([server.close(), ownerServer.close()])
    redis.disconnect()
  })
  const ask = (asked: Asked) => send(server.port, asked)
  return {
    port: server.port,
    owner,
    signer: operators.signer,
    ask,
    async signIn(profileId) {
      const { headers, text } = await ask({
        method: 'POST',
        path: '/auth/development',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ profileId }),
      })
      const cookie = headers['set-cookie']?.[0]?.split(';')[0]
      if (cookie === undefined) throw new Error(`no session: ${text}`)
      return cookie
    },
  }
}

function send(port: number, { method = 'GET', path, headers = {}, body }: Asked): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { host: `127.0.0.1:${port}`, ...headers } as Record<string, string | string[]>,
    })
    request.once('error', reject)
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const json = String(response.headers['content-type']).includes('json')
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: json ? (JSON.parse(text) as Got['body']) : {},
        })
      })
    })
    request.end(body)
  })
}

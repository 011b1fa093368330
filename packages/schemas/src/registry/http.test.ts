import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { RegistryUnavailableError } from './errors.ts'
import { createHttpRegistry } from './http.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  server = undefined
})

async function registryThat(listener: RequestListener, timeoutMs = 2_000) {
  const listening = createServer(listener)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  return createHttpRegistry(`http://user:pass%20word@127.0.0.1:${port}/apis/ccompat/v7/`, timeoutMs)
}

const answers = (status: number, body: string) =>
  registryThat((_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body))

describe('an answer that says nothing of the schema is an unavailable registry', () => {
  it.each<[string, number, string]>([
    ['500', 500, '{"error_code":500,"message":"down"}'],
    ['503 with HTML', 503, '<html>'],
    ['429', 429, '{}'],
    ['401', 401, '{"error_code":401}'],
    ['403', 403, '{"error_code":40301}'],
    ['200 with HTML', 200, '<html>welcome</html>'],
    ['200 with nothing', 200, ''],
    ['200 without a schema', 200, '{"id":7}'],
    ['200 with a list', 200, '[1]'],
    ['404 of a proxy', 404, '<html>not here</html>'],
    ['404 without a code', 404, '{"message":"no route"}'],
    ['404 with a foreign code', 404, '{"error_code":404}'],
  ])('%s', async (_name, status, body) => {
    const registry = await answers(status, body)
    await expect(registry.findSchema(7)).rejects.toThrow(RegistryUnavailableError)
  })

  it('names the status, whatever the body', async () => {
    const registry = await answers(503, '<html>')
    await expect(registry.findSchema(7)).rejects.toThrow('answered 503')
  })

  it('a refused connection', async () => {
    const registry = createHttpRegistry('http://127.0.0.1:9/', 2_000)
    await expect(registry.findSchema(7)).rejects.toThrow(RegistryUnavailableError)
  })

  it('a name that does not exist', async () => {
    const registry = createHttpRegistry('http://registry.invalid/', 2_000)
    await expect(registry.findSchema(7)).rejects.toThrow(RegistryUnavailableError)
  })

  it('silence', async () => {
    const registry = await registryThat(() => undefined, 50)
    await expect(registry.findSchema(7)).rejects.toThrow(RegistryUnavailableError)
  })

  it('a body that stops half way', async () => {
    const registry = await registryThat((_request, response) => response.writeHead(200).write('{"schema":'), 50)
    await expect(registry.findSchema(7)).rejects.toThrow(RegistryUnavailableError)
  })

  it('a connection reset', async () => {
    const registry = await registryThat((request) => request.socket.destroy())
    await expect(registry.findSchema(7)).rejects.toThrow(RegistryUnavailableError)
  })
})

describe('an answer of the registry', () => {
  it.each([40401, 40402, 40403])('404 with code %i is "no such thing"', async (code) => {
    const registry = await answers(404, JSON.stringify({ error_code: code, message: 'not found' }))
    expect(await registry.findSchema(7)).toBeUndefined()
  })

  it('without a type is Avro', async () => {
    const registry = await answers(200, '{"schema":"\\"string\\""}')
    expect(await registry.findSchema(7)).toEqual({ schemaType: 'AVRO', schema: '"string"' })
  })
})

it('sends credentials of the address as a header, below its path, and never says them', async () => {
  let seen = ''
  const registry = await registryThat((request, response) => {
    seen = `${request.url} ${request.headers.authorization}`
    response.writeHead(500).end()
  })
  const error: unknown = await registry.findSchema(7).catch((reason: unknown) => reason)
  expect(seen).toBe(`/apis/ccompat/v7/schemas/ids/7 Basic ${Buffer.from('user:pass word').toString('base64')}`)
  expect(String(error)).not.toMatch(/pass|word|user/)
})

it('looks ids up without registering', async () => {
  const seen: string[] = []
  const registry = await registryThat((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.end('{"id":3,"version":1}')
  })
  expect(await registry.findId('works-value', '"string"')).toBe(3)
  expect(seen).toEqual(['POST /apis/ccompat/v7/subjects/works-value'])
})

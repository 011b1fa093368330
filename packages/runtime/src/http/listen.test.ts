import { connect } from 'node:net'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { HTTP_TIMEOUTS, listen } from './app.ts'

describe('closing', () => {
  it('ends with the answers under way, though a client keeps its connection busy', async () => {
    const gate = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    const app = express()
    app.get('/slow', async (_request, response) => {
      entered.resolve()
      await gate.promise
      response.send('answered')
    })
    app.get('/', (_request, response) => {
      response.send('quick')
    })
    const server = await listen(app, 0)
    const url = `http://127.0.0.1:${server.port}`
    let over = false
    let refused = 0
    const busy = (async () => {
      while (!over)
        await fetch(url).then(
          (answer) => answer.text(),
          () => refused++,
        )
    })()
    const slow = fetch(`${url}/slow`).then((answer) => answer.text())
    await entered.promise
    const closed = server.close()
    gate.resolve()
    expect(await slow).toBe('answered')
    await closed
    over = true
    await busy
    await expect(fetch(url)).rejects.toThrow()
  })

  it('also where the head of the answer is on its way already', async () => {
    const gate = Promise.withResolvers<void>()
    const app = express()
    app.get('/', async (_request, response) => {
      response.write('first ')
      await gate.promise
      response.end('second')
    })
    const server = await listen(app, 0)
    const answer = await fetch(`http://127.0.0.1:${server.port}`)
    const closed = server.close()
    gate.resolve()
    expect(await answer.text()).toBe('first second')
    await closed
  })
})

describe('a client that takes its time', () => {
  it('H14 for its headers is told so', async () => {
    expect(HTTP_TIMEOUTS.headersMs).toBe(20_000)
    const app = express()
    const server = await listen(app, 0, '127.0.0.1', { ...HTTP_TIMEOUTS, headersMs: 200, checkMs: 20 })
    const socket = connect(server.port, '127.0.0.1')
    const answer = socket.toArray()
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')
    const drip = setInterval(() => socket.write('x'), 20)
    const text = Buffer.concat(await answer).toString()
    clearInterval(drip)
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n.*application\/problem\+json.*"status":408/s)
    await server.close()
  })
})

import { type Request, Router } from 'express'
import { acceptPosition } from '../consumer/accept.ts'
import { groupOf } from '../consumer/definition.ts'
import { type Exporter, exportFacts, exportSnapshots } from '../consumer/export.ts'
import { republish } from '../consumer/republish.ts'
import { jsonBody } from '../http/body.ts'
import { createVerifier, type Principal, type VerifierConfig } from '../http/principal.ts'
import { Problem, quoted } from '../http/problem.ts'
import { type Decision, discardQuarantine, replayQuarantine } from '../quarantine/quarantine.ts'
import type { Quarantined } from '../quarantine/quarantined.ts'
import { listQuarantine, showQuarantine } from '../quarantine/store-quarantine.ts'
import { consumerDefinitionOf } from './consumer-definition.ts'
import type { HostParts, ServiceDefinition } from './definition.ts'

/** What an operator does to a running service; the command line calls these. Admins only, and each call is logged. */
export function operatorRoutes(parts: HostParts, definition: ServiceDefinition, guard: VerifierConfig): Router {
  const { database, bus, outbox, clock, logger, config } = parts
  const verifier = createVerifier(guard, () => clock.now())
  const operator = (request: Request): Principal => {
    const principal = verifier.verify(request.headers)
    if (!principal.roles.includes('admin')) throw new Problem(403, 'forbidden', 'this is for operators')
    logger.info({ event: 'operator-call', actor: principal.actor, method: request.method, route: request.route?.path })
    return principal
  }
  const lists = definition.lists?.(parts) ?? {}
  const sources = definition.sources?.(parts) ?? {}
  const facts = definition.facts?.(parts) ?? {}
  const definitions = (definition.consumers?.(parts) ?? []).map((consumer) =>
    consumer.visit((spec) => {
      const whole = consumerDefinitionOf(config, definition, spec)
      return {
        topic: whole.topic,
        group: groupOf(whole),
        replay: (id: number, by: string) => replayQuarantine({ definition: whole, database, outbox, id, by }),
        discard: (id: number, by: string, reason: string) =>
          discardQuarantine({ definition: whole, database, outbox, id, by, reason }),
      }
    }),
  )

  return Router()
    .get('/internal/export/:topic', async (request, response) => {
      verifier.verifyService(request.headers)
      const topic = request.params.topic
      const after = optionalText(request.query['after'], 'after')
      const limit = Math.min(Math.max(Number(request.query['limit'] ?? 500) || 500, 1), 1_000)
      response.json(await exporterOf(topic)(after, limit))
    })
    .post('/internal/republish/:topic', async (request, response) => {
      const { actor } = operator(request)
      const topic = request.params.topic
      const list = lists[topic]
      const source = sources[topic]
      const factsOf = facts[topic]
      if (!factsOf && !(list && source))
        throw new Problem(404, 'unknown_topic', `this service does not publish ${quoted(topic)}`)
      const done = await republish({
        topic,
        topics: definition.topics,
        database,
        outbox,
        bus,
        topicPrefix: config.topicPrefix,
        env: config.env,
        by: actor,
        clock,
        logger,
        ...(list && source ? { snapshots: { list, source } } : {}),
        ...(factsOf ? { facts: factsOf } : {}),
      })
      response.json(done)
    })
    .get('/internal/quarantine', async (request, response) => {
      operator(request)
      const state = optionalText(request.query['state'], 'state')
      const items = await listQuarantine(database, state === undefined ? {} : { state: stateOf(state) })
      response.json({ items: items.map(shown) })
    })
    .get('/internal/quarantine/:id', async (request, response) => {
      operator(request)
      const item = await showQuarantine(database, numberOf(request.params.id))
      if (!item) throw new Problem(404, 'not_found', 'there is no such item')
      response.json(shown(item))
    })
    .post('/internal/quarantine/:id/replay', async (request, response) => {
      const { actor } = operator(request)
      const id = numberOf(request.params.id)
      response.json(await decided((await readerOf(id)).replay(id, actor)))
    })
    .post('/internal/quarantine/:id/discard', jsonBody(), async (request, response) => {
      const { actor } = operator(request)
      const id = numberOf(request.params['id'])
      response.json(await decided((await readerOf(id)).discard(id, actor, reasonOf(request))))
    })
    .get('/internal/consumers', async (request, response) => {
      operator(request)
      const { rows } = await database.query(
        `select consumer_group as "group", topic, partition, next_offset as "nextOffset", halted
           from consumer_progress order by consumer_group, topic, partition`,
      )
      response.json({ positions: rows })
    })
    .post('/internal/consumers/accept', jsonBody(), async (request, response) => {
      const { actor } = operator(request)
      const { topic, group } = request.body as { topic?: unknown; group?: unknown }
      const consumer = definitions.find(
        (candidate) => candidate.topic === topic && (group === undefined || candidate.group === group),
      )
      if (!consumer) throw new Problem(404, 'unknown_group', 'this service has no such consumer group')
      const accepted = await acceptPosition({
        database,
        bus,
        topicPrefix: config.topicPrefix,
        group: consumer.group,
        topic: consumer.topic,
        reason: reasonOf(request),
        by: actor,
      })
      response.json({ accepted: accepted.map((row) => ({ ...row, from: String(row.from), to: String(row.to) })) })
    })

  /** The consumer whose decoder and handler are what a decision on this item runs. */
  async function readerOf(id: number) {
    const item = await showQuarantine(database, id)
    const consumer = definitions.find(({ topic, group }) => topic === item?.topic && group === item?.group)
    if (!consumer) throw new Problem(404, 'not_found', 'there is no such item, or nobody here reads its topic')
    return consumer
  }

  function exporterOf(topic: string): Exporter {
    const list = lists[topic]
    const source = sources[topic]
    if (list && source) return exportSnapshots(list, source)
    const factsOf = facts[topic]
    if (factsOf) return exportFacts(factsOf)
    throw new Problem(404, 'unknown_topic', `this service does not publish ${quoted(topic)}`)
  }
}

/** JSON knows neither bytes nor 64-bit numbers. */
function shown(item: Quarantined) {
  return { ...item, offset: String(item.offset), value: item.value?.toString('base64') ?? null }
}

async function decided(decision: Promise<Decision>): Promise<Decision> {
  const result = await decision
  if (result.type === 'refused') throw new Problem(409, 'already_decided', result.reason)
  if (result.type === 'failed') throw new Problem(422, result.code, result.detail)
  return result
}

function numberOf(text: string | string[] | undefined): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Problem(400, 'invalid_id', `${quoted(text)} is not the number of an item`)
  return number
}

function optionalText(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw new Problem(400, 'repeated_parameter', `name ${name} once`)
}

function stateOf(text: string): 'open' | 'replayed' | 'discarded' {
  if (text === 'open' || text === 'replayed' || text === 'discarded') return text
  throw new Problem(400, 'invalid_enum', 'state is open, replayed or discarded')
}

function reasonOf(request: Request): string {
  const { reason } = request.body as { reason?: unknown }
  if (typeof reason !== 'string' || reason.trim() === '') throw new Problem(400, 'missing_field', 'give a reason')
  return reason.trim()
}

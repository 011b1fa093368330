import { createRequire } from 'node:module'
import type { Kafka } from 'kafkajs'
import type { Seeds } from './kafka-seeds.ts'

interface Errors {
  readonly KafkaJSConnectionError: new (message: string, of: { readonly broker: string }) => Error
  readonly KafkaJSConnectionClosedError: new (
    message: string,
    of: { readonly host: string; readonly port: number },
  ) => Error
  readonly KafkaJSRequestTimeoutError: new () => Error
}

// Not all of them are in the library's types.
const errors: Errors = createRequire(import.meta.url)('kafkajs')

const TRIES = 3
// A broker that was silent gets this part of the time in which a stranger has to answer: it is left already, whoever wants
// it comes again, and its partitions are elsewhere a few seconds after the first request was given up.
const SILENT_PART = 4

interface Connection {
  readonly socket?: { destroy(error?: Error): void }
  isConnected(): boolean
  rejectRequests(error: Error): void
  disconnect(): Promise<unknown>
}

interface ConnectionPool {
  readonly host: string
  readonly port: number
  readonly pool: readonly Connection[]
}

export interface Broker {
  readonly connectionPool: ConnectionPool
  versions: object | null
  isConnected(): boolean
  connect(): Promise<void>
}

type Question<R> = (to: { readonly nodeId: string; readonly broker: Broker }) => Promise<R>

interface BrokerPool {
  readonly brokers: Readonly<Record<string, Broker>>
  createBroker(options: object): Broker
  findBroker(node: { readonly nodeId: string }): Promise<Broker>
  findConnectedBroker(): Promise<Broker>
  withBroker<R>(question: Question<R>): Promise<R | null>
  refreshMetadata(topics: readonly string[]): Promise<unknown>
}

/** The library's own connections to a cluster, of a producer, a member or an admin; not in its public types. */
export interface Cluster {
  readonly brokerPool: BrokerPool
  findGroupCoordinator(of: { readonly groupId: string }): Promise<Broker>
}

/**
 * Makes a client leave a broker that gives no answer after one request, and go on with the others.
 *
 * The kernel of a frozen broker takes connections all the same: for the library, connecting has worked, and whatever it
 * asks there waits for a request's time-out, again and again. So here a broker is connected when it has answered; a
 * request without an answer closes the broker's connections; and what any broker can tell, those are asked that answer.
 */
export function leaveSilentBrokers(kafka: Kafka, seeds: Seeds, connectionMs: number): void {
  const name = symbolOf(kafka, 'private:Kafka:createCluster')
  const create: (options: object) => Cluster = Reflect.get(kafka, name).bind(kafka)
  Reflect.set(kafka, name, (options: object) => {
    const cluster = create(options)
    mendCluster(cluster, seeds, connectionMs)
    return cluster
  })
}

/** The connection is gone or cannot be made: somebody else may know more. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof errors.KafkaJSConnectionError
}

function mendCluster(cluster: Cluster, seeds: Seeds, connectionMs: number): void {
  const { brokerPool } = cluster
  const create = brokerPool.createBroker
  brokerPool.createBroker = (options) => mendBroker(create(options), seeds, connectionMs)
  const rank = ([, broker]: readonly [string, Broker]) => {
    if (seeds.isSilent(addressOf(broker))) return 2
    return broker.isConnected() ? 0 : 1
  }
  // Those first that are connected, and those last that were silent.
  const inOrder = () =>
    Object.entries(brokerPool.brokers)
      .sort((left, right) => rank(left) - rank(right))
      .map(([nodeId]) => nodeId)
  const findConnected = brokerPool.findConnectedBroker.bind(brokerPool)
  brokerPool.findConnectedBroker = async () => {
    const found = await askOneOf(brokerPool, inOrder(), async ({ broker }) => broker).catch(unlessLost)
    return found ?? findConnected()
  }
  // Of an empty list the library says so in the one error that makes it load the list.
  const ask = brokerPool.withBroker.bind(brokerPool)
  brokerPool.withBroker = (question) => {
    const ids = inOrder()
    return ids.length === 0 ? ask(question) : askOneOf(brokerPool, ids, question)
  }
  const refresh = brokerPool.refreshMetadata.bind(brokerPool)
  brokerPool.refreshMetadata = (topics) => again(() => refresh(topics))
  const find = cluster.findGroupCoordinator.bind(cluster)
  cluster.findGroupCoordinator = (of) => again(() => find(of))
}

/** Whoever gave no answer is left by then: the next try asks another one, or hears of another one. */
async function again<R>(ask: () => Promise<R>): Promise<R> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (tries >= TRIES || !isConnectionLost(error)) throw error
    }
  }
}

function unlessLost(error: unknown): undefined {
  if (!isConnectionLost(error)) throw error
}

/** One after the other; null when none of them can tell, as in the library. */
async function askOneOf<R>(pool: BrokerPool, ids: readonly string[], question: Question<R>): Promise<R | null> {
  let lost: unknown
  for (const nodeId of ids) {
    try {
      const broker = await pool.findBroker({ nodeId })
      return await question({ nodeId, broker })
    } catch (error) {
      if (isConnectionLost(error)) lost = error
    }
  }
  if (lost !== undefined) throw lost
  return null
}

/** Makes a broker be connected only when it has answered, and be left when it does not. */
export function mendBroker(broker: Broker, seeds: Seeds, connectionMs: number): Broker {
  const { host, port } = broker.connectionPool
  const address = addressOf(broker)
  const sending = symbolOf(Object.getPrototypeOf(broker), 'private:Broker:sendRequest')
  const send: (request: object) => Promise<unknown> = Reflect.get(broker, sending).bind(broker)
  const isConnected = broker.isConnected.bind(broker)
  const connect = broker.connect.bind(broker)
  let silent = false
  let connecting: Promise<void> | undefined

  const leave = async (error: Error) => {
    silent = true
    seeds.silent(address)
    await hangUp(broker.connectionPool, error)
    return error
  }
  const closed = (why: string) => new errors.KafkaJSConnectionClosedError(why, { host, port })

  const shakeHands = async () => {
    if (isConnected()) return
    const withinMs = seeds.isSilent(address) ? connectionMs / SILENT_PART : connectionMs
    const tooLate = new errors.KafkaJSConnectionError(`no answer within ${withinMs} ms`, { broker: address })
    const timer = setTimeout(() => void leave(tooLate), withinMs)
    // The library asks for them once a cluster; here it is the question that shows whether somebody is at home.
    broker.versions = null
    try {
      await connect()
      silent = false
      seeds.answered(address)
    } catch (error) {
      if (isConnectionLost(error)) seeds.silent(address)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  broker.isConnected = () => connecting === undefined && isConnected()
  broker.connect = () => {
    connecting ??= shakeHands().finally(() => {
      connecting = undefined
    })
    return connecting
  }
  Reflect.set(broker, sending, async (request: object) => {
    // Who keeps hold of it, as a group does of its coordinator, would open a connection without asking whether it answers.
    if (silent && connecting === undefined) throw closed('it gave no answer and was left')
    try {
      return await send(request)
    } catch (error) {
      if (!(error instanceof errors.KafkaJSRequestTimeoutError)) throw error
      const gone = closed(`no answer: ${error.message}`)
      throw silent ? gone : await leave(gone)
    }
  })
  return broker
}

function addressOf({ connectionPool }: Broker): string {
  return `${connectionPool.host}:${connectionPool.port}`
}

/** Ends what is under way there at once: the library would wait for the answers first. */
async function hangUp({ pool }: ConnectionPool, error: Error): Promise<void> {
  const end = async (connection: Connection) => {
    const opening = !connection.isConnected()
    connection.rejectRequests(error)
    await connection.disconnect()
    // Whoever waits for it to open hears of it; of one that is open nothing is left to be said.
    connection.socket?.destroy(opening ? error : undefined)
  }
  await Promise.all(pool.map(end))
}

function symbolOf(owner: object, description: string): symbol {
  const found = Object.getOwnPropertySymbols(owner).find((symbol) => symbol.description === description)
  if (!found || typeof Reflect.get(owner, found) !== 'function')
    throw new Error(`this version of kafkajs has no "${description}"`)
  return found
}

import type { RequestHandler, Router } from 'express'
import type { Bus } from '../bus/port.ts'
import type { Clock, Ids } from '../clock.ts'
import type { ServiceConfig } from '../config.ts'
import type { SnapshotSource } from '../consumer/contract.ts'
import type { ConsumerDefinition } from '../consumer/definition.ts'
import type { ListFacts, ListObjects } from '../consumer/export.ts'
import type { Failpoints } from '../failpoints.ts'
import type { VerifierConfig } from '../http/principal.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { OutboxTopics } from '../outbox/topics.ts'
import type { Database } from '../postgres/database.ts'
import type { MigrationSet } from '../postgres/migrate.ts'
import type { Worker } from './worker.ts'

/** What a service is built from; everything from outside comes through here. */
export interface HostParts {
  readonly config: ServiceConfig
  readonly logger: Logger
  readonly metrics: Metrics
  readonly clock: Clock
  readonly ids: Ids
  readonly database: Database
  readonly outbox: Outbox
  readonly bus: Bus
  readonly failpoints: Failpoints
  /** Aborted when the service begins to stop. */
  readonly signal: AbortSignal
  /** Ends the process with 1: for what cannot be survived. */
  crash(error: unknown): void
}

/** One topic a service reads; kind and partitions come from the table of topics. */
export interface ConsumerSpec<T>
  extends Omit<ConsumerDefinition<T>, 'service' | 'env' | 'partitions' | 'kind' | 'types'> {
  /** Header `type`; the topic's name in the singular by default. */
  readonly types?: readonly string[]
}

/** A consumer whose type of message is its own affair. */
export interface DefinedConsumer {
  visit<R>(use: <T>(spec: ConsumerSpec<T>) => R): R
}

export function defineConsumer<T>(spec: ConsumerSpec<T>): DefinedConsumer {
  return { visit: (use) => use(spec) }
}

export interface HttpDefinition {
  readonly port: number
  readonly host?: string
  readonly routers: readonly Router[]
  readonly before?: readonly RequestHandler[]
  /** Guards the operators' routes; without it they do not exist. */
  readonly operators?: VerifierConfig
}

/** Everything that makes a service of its parts. Called in this order, each once. */
export interface ServiceDefinition {
  readonly migrations: readonly MigrationSet[]
  readonly topics: OutboxTopics
  /** Before anything runs: look up schemas, load what must be in memory. */
  prepare?(parts: HostParts): Promise<void>
  /** Current states of the snapshot topics this service publishes. */
  sources?(parts: HostParts): Readonly<Record<string, SnapshotSource>>
  /** All objects of those topics, for export and republish. */
  lists?(parts: HostParts): Readonly<Record<string, ListObjects>>
  /** All facts of the fact topics this service publishes. */
  facts?(parts: HostParts): Readonly<Record<string, ListFacts>>
  consumers?(parts: HostParts): readonly DefinedConsumer[]
  workers?(parts: HostParts): readonly Worker[]
  http?(parts: HostParts): HttpDefinition
  /** Last of all, after the database was closed. */
  close?(): Promise<void>
}

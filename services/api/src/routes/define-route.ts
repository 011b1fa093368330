import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { Session } from '../session.ts'

/** Who may call it. */
export type Policy = 'public' | 'session'

export interface AnswerDescription {
  readonly description: string
  /** Absent: an answer without a body. Only what it lists leaves. */
  readonly schema?: z.ZodType
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

interface Described {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** Express form: `/v1/candidates/:candidateId`. */
  readonly path: string
  readonly policy: Policy
  readonly summary: string
  readonly answers: Readonly<Record<number, AnswerDescription>>
}

export interface HeaderDescription {
  readonly description: string
  readonly required: boolean
}

/** What a handler is given: validated, and of a person who may. */
export interface Asked<Params, Query, Body, P extends Policy> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly session: P extends 'session' ? Session : undefined
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
  readonly requestId: string
}

type Parsed<T extends z.ZodType | undefined> = T extends z.ZodType ? z.infer<T> : undefined

export interface RouteDefinition<
  Params extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Body extends z.ZodType | undefined,
  P extends Policy,
> extends Described {
  readonly policy: P
  readonly params?: Params
  readonly query?: Query
  /** Parameters that may stand more than once. */
  readonly lists?: readonly string[]
  readonly body?: Body
  readonly headers?: Readonly<Record<string, HeaderDescription>>
  handle(asked: Asked<Parsed<Params>, Parsed<Query>, Parsed<Body>, P>): Promise<Answer>
}

/** A route whose types are its own affair: what the router and the description of the interface need. */
export interface DefinedRoute extends Described {
  readonly params: z.ZodObject | undefined
  readonly query: z.ZodObject | undefined
  readonly lists: readonly string[]
  readonly body: z.ZodType | undefined
  readonly headers: Readonly<Record<string, HeaderDescription>>
  handle(asked: Asked<unknown, unknown, unknown, Policy>): Promise<Answer>
}

/** One definition validates requests, shapes answers and describes the interface, so that the three cannot differ. */
export function defineRoute<
  P extends Policy,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(route: RouteDefinition<Params, Query, Body, P>): DefinedRoute {
  return {
    ...route,
    params: route.params,
    query: route.query,
    lists: route.lists ?? [],
    body: route.body,
    headers: route.headers ?? {},
    // The router has checked each part with the very schema its type is taken from.
    handle: (asked) => route.handle(asked as Asked<Parsed<Params>, Parsed<Query>, Parsed<Body>, P>),
  }
}

import type { Import } from './imports.ts'

/** One rule of which way dependencies point. */
export interface Rule {
  readonly name: string
  readonly why: string
  /** True for an import that breaks the rule. */
  breaks(line: Import): boolean
  /** A breach that was planted to see the rule fire. */
  readonly planted: Import
}

const placeOf = (path: string) => /^(packages|services)\/([a-z]+)/.exec(path)?.[0]
const isTest = (path: string) => /\.(test|contract|corpus)\.ts$|\/testing\/|^tests\/|\/bench\/|\.bench\.ts$/.test(path)

/** May import, of our own: what architecture.md grants. Tests may also use the development stack and the test kit. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  'packages/identifiers': [],
  'packages/schemas': ['packages/identifiers'],
  'packages/linkage': ['packages/identifiers'],
  'packages/evaluation': ['packages/identifiers', 'packages/linkage'],
  'packages/runtime': [],
  'packages/devstack': [],
  'packages/testing': ['packages/schemas', 'packages/identifiers', 'packages/runtime', 'packages/devstack'],
}
const SERVICE_MAY = ['packages/schemas', 'packages/identifiers', 'packages/linkage', 'packages/runtime']
const TESTS_MAY = ['packages/testing', 'packages/devstack']

export const RULES: readonly Rule[] = [
  {
    name: 'a service imports no other service',
    why: 'services meet over topics and HTTP; an import would tie their releases together',
    breaks: ({ from, to }) =>
      from.startsWith('services/') && to.startsWith('services/') && placeOf(from) !== placeOf(to),
    planted: { from: 'services/api/src/service.ts', to: 'services/verifier/src/fold.ts' },
  },
  {
    name: 'a service imports only schemas, identifiers, linkage and runtime',
    why: 'everything else is for development and tests',
    breaks: ({ from, to }) =>
      from.startsWith('services/') &&
      to.startsWith('packages/') &&
      !SERVICE_MAY.includes(placeOf(to) ?? '') &&
      !(isTest(from) && TESTS_MAY.includes(placeOf(to) ?? '')),
    planted: { from: 'services/api/src/service.ts', to: 'packages/devstack' },
  },
  {
    name: 'packages import downwards only',
    why: 'runtime knows nothing of the domain, linkage does no I/O, identifiers stand alone',
    breaks: ({ from, to }) => {
      const [home, other] = [placeOf(from), placeOf(to)]
      const allowed = home === undefined ? undefined : MAY[home]
      if (!allowed || other === undefined || other === home) return false
      return !allowed.includes(other) && !(isTest(from) && TESTS_MAY.includes(other))
    },
    planted: { from: 'packages/runtime/src/log.ts', to: 'packages/schemas' },
  },
  {
    name: 'only packages/runtime imports kafkajs',
    why: 'changing the client must be a change to one folder',
    breaks: ({ from, to }) => to === 'kafkajs' && !from.startsWith('packages/runtime/src/bus/'),
    planted: { from: 'services/ingest/src/service.ts', to: 'kafkajs' },
  },
  {
    name: 'only packages/schemas speaks to the registry',
    why: 'ids, caches and classes of errors live in one place',
    breaks: ({ from, to }) =>
      (to === '@kafkajs/confluent-schema-registry' || to === 'avsc') &&
      !from.startsWith('packages/schemas/') &&
      !isTest(from),
    planted: { from: 'packages/runtime/src/bus/kafka.ts', to: 'avsc' },
  },
  {
    name: 'only stores and runtime import pg',
    why: 'SQL has one kind of home',
    breaks: ({ from, to }) =>
      (to === 'pg' || to === 'pg-copy-streams' || to === 'pg-query-stream') &&
      !/^packages\/(runtime|devstack)\/src\/|\/store(\/|[^/]*\.ts$)/.test(from) &&
      !isTest(from),
    planted: { from: 'services/api/src/service.ts', to: 'pg' },
  },
  {
    name: 'only routes import express',
    why: 'handlers and deciders know nothing of HTTP',
    breaks: ({ from, to }) =>
      to === 'express' &&
      !/^packages\/runtime\/src\/(http|service)\/|\/routes(-[a-z]+)*(\/|\.ts$)|\/session\.ts$|\/(push|http)\//.test(
        from,
      ) &&
      !isTest(from),
    planted: { from: 'services/api/src/handlers/project.ts', to: 'express' },
  },
  {
    name: 'deciders import types, identifiers and linkage only',
    why: 'a rule must be testable without a database or a broker',
    breaks: ({ from, to, typeOnly }) =>
      !typeOnly &&
      /\/decide-[a-z-]+\.ts$|\/fold\.ts$/.test(from) &&
      (to.includes('/store') || ['pg', 'express', 'kafkajs', 'packages/runtime'].includes(to)),
    planted: { from: 'services/matcher/src/decide-works.ts', to: 'services/matcher/src/store/works.ts' },
  },
  {
    name: 'the engine does no I/O',
    why: 'linkage is measured and tested on values',
    breaks: ({ from, to }) =>
      from.startsWith('packages/linkage/src/') &&
      /^node:(fs|net|http|child_process|worker_threads)/.test(to) &&
      !isTest(from),
    planted: { from: 'packages/linkage/src/index.ts', to: 'node:fs' },
  },
  {
    name: 'no truth reaches an engine that is measured',
    why: 'a match that could see a label would measure nothing',
    breaks: ({ from, to }) =>
      /^packages\/evaluation\/src\/(neutral|engine|match|baselines)\//.test(from) &&
      /^packages\/evaluation\/src\/(truth|run|score|report|train|make|index)\b/.test(to) &&
      !isTest(from),
    planted: { from: 'packages/evaluation/src/match/authors.ts', to: 'packages/evaluation/src/truth/read-truths.ts' },
  },
  {
    name: 'no helper libraries that were ruled out',
    why: 'each has a better one in the tree, or needs a download from elsewhere',
    breaks: ({ to }) =>
      ['dotenv', 'csurf', 'redis-memory-server', 'node-fetch', 'moment', 'lodash', 'axios'].includes(to),
    planted: { from: 'services/api/src/config.ts', to: 'dotenv' },
  },
]

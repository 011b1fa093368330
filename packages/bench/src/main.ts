import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Stack, startStack } from '@atlas/devstack'
import { type Deployment, startDeployment } from '@atlas/testing/deployment'
import { Command, InvalidArgumentError } from 'commander'
import type { BenchParts } from './bench.ts'
import { BENCHES } from './benches/index.ts'
import type { Measure } from './measure.ts'
import { jsonLine, shown } from './report.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

interface Options {
  readonly json?: boolean
  readonly all?: boolean
  readonly runs: number
}

const program = new Command('pnpm bench')
  .description('Ratios of what the parts do to a yardstick, both measured side by side in one run')
  .argument('[id...]', 'which to run; without any, all that take less than two minutes')
  .option('--json', 'one line of JSON a measure: {id, value, bar, holds, runs}')
  .option('--all', 'also those that take minutes')
  .option('--runs <n>', 'repetitions of each side', positive, 5)
  .addHelpText('after', () => {
    const list = BENCHES.map(({ id, title, long }) => `  ${id.padEnd(9)} ${title}${long ? ' (minutes)' : ''}`)
    return `\n${list.join('\n')}\n\nExamples:\n  pnpm bench P8\n  pnpm bench P5 P6 --runs 9\n  pnpm bench --all --json > figures.ndjson\n\nExit code 1: a bar was missed. A yardstick that is not installed is "not run".`
  })
  .action(async (ids: string[], options: Options) => {
    const unknown = ids.filter((id) => !BENCHES.some((bench) => bench.id.toLowerCase() === id.toLowerCase()))
    if (unknown.length > 0) program.error(`no bench "${unknown.join('", "')}"; --help lists them`)
    const chosen = BENCHES.filter(({ id, long }) =>
      ids.length === 0 ? options.all || !long : ids.some((one) => one.toLowerCase() === id.toLowerCase()),
    )
    const measures = await runAll(chosen, options)
    process.exitCode = measures.some(({ holds }) => holds === false) ? 1 : 0
  })

function positive(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('not a whole number above 0')
  return number
}

async function runAll(chosen: typeof BENCHES, { json, runs }: Options): Promise<readonly Measure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(dataDir, { recursive: true, force: true }))
  const progress = (line: string) => void process.stderr.write(`… ${line}\n`)
  let started: Promise<Stack> | undefined
  const kept = new Map<string, Promise<AsyncDisposable>>()
  const parts: BenchParts = {
    runs,
    path: process.env['PATH'] ?? '',
    duckdbFrom: process.env['DUCKDB_FROM'],
    bibDedupeFrom: process.env['BIB_DEDUPE_FROM'],
    shared: resolve(ROOT, process.env['ATLAS_SHARED'] ?? '../shared'),
    progress,
    stack() {
      started ??= startStack({ dataDir, persistent: false, env: process.env, onProgress: progress }).then((stack) =>
        undo.use(stack),
      )
      return started
    },
    kept<T extends AsyncDisposable>(key: string, make: () => Promise<T>) {
      const known = kept.get(key) as Promise<T> | undefined
      const made = known ?? make().then((thing) => undo.use(thing))
      kept.set(key, made)
      return made
    },
    deployment: async (name, members = {}): Promise<Deployment> => {
      const stack = await parts.stack()
      return startDeployment({
        stack: {
          postgres: stack.postgres,
          brokers: stack.kafka.brokers,
          registryUrl: stack.registryUrl,
          redisUrl: stack.redisUrl,
        },
        dataDir: join(dataDir, name),
        name,
        members,
        onProgress: progress,
      })
    },
  }
  const measures: Measure[] = []
  for (const bench of chosen)
    for (const measure of await bench.run(parts)) {
      measures.push(measure)
      process.stdout.write(`${json ? jsonLine(measure) : shown(measure)}\n`)
    }
  return measures
}

await program.parseAsync()

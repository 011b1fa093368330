import { readFileSync } from 'node:fs'
import type { Bus, Clock, Database } from '@atlas/runtime'
import type { CheckResult } from '@atlas/testing/check'
import { Command, InvalidArgumentError } from 'commander'
import { type Context, OWNERS, type Owner } from '../context.ts'
import { CliError } from '../exit.ts'

interface Options {
  readonly history?: string
  readonly poisons?: number
  readonly wait: number
  readonly json?: boolean
}

/** Holds the running deployment against its invariants; it must be at rest, or come to rest. */
export function checkCommand(context: Context): Command {
  return new Command('check')
    .description('hold everything that is stored and published against the invariants of the promise')
    .option(
      '--history <file>',
      'what clients asked and were told, NDJSON; without it four invariants are not looked at',
    )
    .option('--poisons <number>', 'how many messages were made to be quarantined', wholeNumber)
    .option('--wait <seconds>', 'how long to wait until nothing is under way; 0: look at once', wholeNumber, 120)
    .option('--json', 'one line of JSON an invariant, with up to 100 breaches')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const history = options.history === undefined ? undefined : readHistory(options.history)
      const { results, restless } = await run(context, options, history)
      const { resultLine } = await import('@atlas/testing/check')
      for (const result of results)
        context.print(options.json ? { ...result, violations: result.violations.slice(0, 100) } : resultLine(result))
      const of = (state: CheckResult['state']) => results.filter((result) => result.state === state).map(({ id }) => id)
      const [broken, skipped] = [of('broken'), of('not_looked')]
      context.note(`${of('holds').length} hold, ${broken.length} are broken, ${skipped.length} were not looked at`)
      if (restless !== undefined) context.note(restless)
      if (broken.length > 0) throw new CliError(`broken: ${broken.join(', ')}`)
      if (restless !== undefined) throw new CliError('the deployment did not come to rest')
    })
}

const HELP = `
For operators, from where all services' databases can be reached: it reads each one with the role that service has, and
the logs as a group of its own that is gone afterwards; it changes nothing. The services themselves can do no such thing.
Where the deployment was not started here, ATLAS_DEPLOYMENT names a file with its settings and each service's own.

Examples:
  atlas check
  atlas check --history clients.ndjson --json

Exit code 1: an invariant is broken, or the deployment did not come to rest.`

async function run(
  context: Context,
  { poisons, wait }: Options,
  history: string | undefined,
): Promise<{ readonly results: readonly CheckResult[]; readonly restless: string | undefined }> {
  const { systemClock } = await import('@atlas/runtime')
  const { settled } = await import('@atlas/testing/deployment')
  const { checkDeployment, operationsOf, parseHistory } = await import('@atlas/testing/check')
  const asked = history === undefined ? undefined : operationsOf(parseHistory(history))
  await using undo = new AsyncDisposableStack()
  const databases = new Map<Owner, Database>()
  for (const owner of OWNERS) databases.set(owner, undo.use(await open(context, owner)))
  const bus = undo.use(await connect(context, systemClock))
  const topicPrefix = context.setting('KAFKA_TOPIC_PREFIX')
  const opened = Object.fromEntries(databases) as Record<Owner, Database>
  // What does not come to rest is looked at all the same: what is broken says more than that something waits.
  const restless =
    wait === 0
      ? undefined
      : await settled({
          bus,
          topicPrefix,
          databases: opened,
          clock: systemClock,
          timeoutMs: wait * 1_000,
          onWaiting: (reason) => context.stderr.isTTY && progress(context, `waiting: ${reason}`),
        }).then(
          () => undefined,
          (error: Error) => error.message,
        )
  const results = await checkDeployment(
    {
      open: opened,
      bus,
      addresses: {
        topicPrefix,
        registryUrl: context.setting('SCHEMA_REGISTRY_URL'),
        database: (owner) => ({ database: databaseName(context, owner) }),
      },
    },
    {
      clock: systemClock,
      onProgress: (line) => progress(context, line),
      ...(asked === undefined ? {} : { history: asked }),
      ...(poisons === undefined ? {} : { poisons }),
    },
  )
  progress(context, '')
  return { results, restless }
}

async function open(context: Context, owner: Owner): Promise<Database> {
  const { createLogger, openDatabase, readDatabaseConfig, readEnv } = await import('@atlas/runtime')
  const config = readEnv(context.serviceEnv(owner), (from) => readDatabaseConfig(from, 'check'))
  return openDatabase(config, createLogger({ service: 'check', version: '0', level: 'silent' }))
}

async function connect(context: Context, clock: Clock): Promise<Bus> {
  const { connectKafka, createLogger, PRODUCTION_KAFKA_TIMERS, readEnv, readKafkaSecurity } = await import(
    '@atlas/runtime'
  )
  return connectKafka(
    {
      brokers: context.setting('KAFKA_BROKERS').split(','),
      ...readEnv(context.serviceEnv('matcher'), readKafkaSecurity),
      clientId: 'atlas-check',
      timers: PRODUCTION_KAFKA_TIMERS,
    },
    createLogger({ service: 'check', version: '0', level: 'silent' }),
    clock,
  )
}

function databaseName(context: Context, owner: Owner | 'keys'): string {
  const env = context.serviceEnv(owner === 'keys' ? 'verifier' : owner)
  const name = env[owner === 'keys' ? 'KEYS_DB_NAME' : 'DB_NAME']
  if (name === undefined) throw new CliError(`the database of ${owner} is not known; start the demo first`, 2)
  return name
}

function readHistory(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new CliError(`cannot read the history "${file}"`, 2, { cause })
  }
}

/** On a terminal one line that is written over; elsewhere a line a step. */
function progress({ stderr, note }: Context, line: string): void {
  if (stderr.isTTY) stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`)
  else if (line !== '') note(line)
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is needed')
  return Number(text)
}

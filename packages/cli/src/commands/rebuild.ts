import { Argument, Command } from 'commander'
import type { Context, Owner } from '../context.ts'
import { CliError } from '../exit.ts'
import { runProgram } from '../run-program.ts'

/** Services whose tables are projections and nothing else; what the others own cannot be made from elsewhere. */
const PROGRAMS: Readonly<Partial<Record<Owner, string>>> = { api: 'services/api/src/rebuild-main.ts' }

interface Told {
  readonly event?: 'page' | 'loaded' | 'done'
  readonly topic?: string
  readonly objects?: number
}

/** Makes a read model anew from its owners' exports; interrupted, the same call goes on where it stopped. */
export function rebuildCommand(context: Context): Command {
  return new Command('rebuild')
    .description('make a read model anew from the exports of the owners; its service may run, and takes decisions')
    .addArgument(new Argument('<service>').choices(Object.keys(PROGRAMS)))
    .addHelpText(
      'after',
      '\nExample:\n  atlas rebuild api\n\nUntil it ends, what reads from it answers 503 `read_model_rebuilding`. Interrupted, call it again.',
    )
    .action(async (service: keyof typeof PROGRAMS) => {
      const run = await runProgram(PROGRAMS[service] ?? '', context.serviceEnv(service), (line) => tell(context, line))
      if (run.exitCode !== 0) throw new CliError(run.stderr || `the rebuild ended with ${run.exitCode}`)
      const { digests } = (await context.call(service, 'GET', '/internal/digest')) as { digests: object[] }
      for (const digest of digests) context.print(digest)
    })
}

/** Pages show on a terminal, over each other; what is done stays. */
function tell({ stderr, note }: Context, { event, topic, objects = 0 }: Told): void {
  if (event === 'page' && stderr.isTTY) stderr.write(`\r\u001b[K${topic}: ${objects}`)
  if (event === 'loaded') note(`${stderr.isTTY ? '\r\u001b[K' : ''}${topic}: ${objects} objects`)
  if (event === 'done') note('whole again; what came meanwhile is being read')
}

import { setTimeout as sleep } from 'node:timers/promises'
import { TOPICS, type TopicName } from '@atlas/schemas'
import { Argument, Command } from 'commander'
import type { Context, Owner } from '../context.ts'

const POLL_MS = 500

/** Fills a lost or expired topic again from its owner's tables. */
export function republishCommand(context: Context): Command {
  return new Command('republish')
    .description('fill a lost topic again from the tables of its owner')
    .addArgument(new Argument('<topic>').choices(Object.keys(TOPICS)))
    .addHelpText('after', '\nExample:\n  atlas republish records')
    .action(async (topic: TopicName) =>
      context.print(await context.call(TOPICS[topic].producer as Owner, 'POST', `/internal/republish/${topic}`, {})),
    )
}

/** Runs corrected adapters over the bytes that are stored. */
export function renormaliseCommand(context: Context): Command {
  return new Command('renormalise')
    .description('run a corrected adapter over the stored bytes; goes on where it stopped')
    .option('--source <source>', 'only records of this source')
    .addHelpText('after', '\nExample:\n  atlas renormalise --source hal')
    .action(async (options: { source?: string }) => {
      for (;;) {
        const answer = await context.call('ingest', 'POST', '/internal/renormalise', options)
        context.print(answer)
        // It answers within seconds, however much there is to do.
        if ((answer as { finished: boolean }).finished) return
      }
    })
}

interface Rematch {
  readonly run: { readonly phase: string } | null
}

/** Compares everything again in the background. */
export function rematchCommand(context: Context): Command {
  return new Command('rematch')
    .description('compare all slots and profiles again, in the background; goes on where it stopped')
    .option('--wait', 'until it is done; interrupted, it goes on without you')
    .addHelpText('after', '\nExamples:\n  atlas rematch\n  atlas rematch --wait')
    .action(async ({ wait }: { wait?: boolean }) => {
      await context.call('matcher', 'POST', '/internal/rematch', {})
      for (let last = ''; ; await sleep(POLL_MS)) {
        const { run } = (await context.call('matcher', 'GET', '/internal/rematch')) as Rematch
        const phase = run?.phase ?? 'done'
        if (phase !== last) context.print(run ?? { phase })
        if (!wait || phase === 'done') return
        last = phase
      }
    })
}

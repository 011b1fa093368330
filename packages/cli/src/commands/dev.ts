import { Command } from 'commander'
import type { Context } from '../context.ts'

const stack = () => import('@atlas/devstack')

/** The stack for daily work: PostgreSQL, Kafka, registry and Redis under one ignored folder. */
export function devCommand(context: Context): Command {
  const command = new Command('dev')
    .description('the local stack: PostgreSQL, Kafka, schema registry, Redis')
    .addHelpText('after', '\nExamples:\n  atlas dev up\n  atlas dev status\n  atlas dev logs\n  atlas dev reset')
  command
    .command('up')
    .description('start it in the background and write its addresses to .dev/env')
    .action(async () => void (await (await stack()).devUp({ onProgress: context.note })))
  command
    .command('down')
    .description('stop it; the data stays')
    .action(async () => context.note((await (await stack()).devDown()) ? 'stopped' : 'was not running'))
  command
    .command('status')
    .description('ask each part for real')
    .action(async () => {
      const parts = await (await stack()).devStatus()
      if (!parts) context.note('not running; start it with: atlas dev up')
      for (const part of parts ?? []) context.print(part)
    })
  command
    .command('reset')
    .description('stop it and remove the data')
    .action(async () => (await stack()).devReset())
  command
    .command('logs')
    .description('the last lines of each part')
    .action(async () => context.print(await (await stack()).devLogs()))
  return command
}

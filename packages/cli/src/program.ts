import { Command } from 'commander'
import { auditCommand } from './commands/audit.ts'
import { blocksCommand } from './commands/blocks.ts'
import { changesCommand } from './commands/changes.ts'
import { checkCommand } from './commands/check.ts'
import { configCommand } from './commands/config.ts'
import { consumerCommand } from './commands/consumer.ts'
import { devCommand } from './commands/dev.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { explainCommand } from './commands/explain.ts'
import { importCommand } from './commands/import.ts'
import { importsCommand } from './commands/imports.ts'
import { keysCommand } from './commands/keys.ts'
import { matchCommand } from './commands/match.ts'
import { matcherCommand } from './commands/matcher.ts'
import { migrateCommand } from './commands/migrate.ts'
import { profilesCommand } from './commands/profiles.ts'
import { pushCommand } from './commands/push.ts'
import { quarantineCommand } from './commands/quarantine.ts'
import { rebuildCommand } from './commands/rebuild.ts'
import { rematchCommand, renormaliseCommand, republishCommand } from './commands/republish.ts'
import { schemasCommand } from './commands/schemas.ts'
import { sourcesCommand } from './commands/sources.ts'
import { trainCommand } from './commands/train.ts'
import { worksCommand } from './commands/works.ts'
import { createContext, type Terminal } from './context.ts'

/** The whole command line: every command is a file, every file adds one command. */
export function createProgram(terminal: Terminal): Command {
  const context = createContext(terminal)
  const program = new Command('atlas')
    .description('Operate Atlas Verify: the local stack, imports, keys, what was set aside, audits')
    .version('0.1.0')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 ok, 1 failure, 2 usage, 3 some records were refused, 4 a dependency is away, 5 a file was not read to its end, 130 interrupted',
    )
  for (const make of [
    devCommand,
    configCommand,
    migrateCommand,
    importCommand,
    importsCommand,
    pushCommand,
    keysCommand,
    sourcesCommand,
    profilesCommand,
    changesCommand,
    explainCommand,
    quarantineCommand,
    consumerCommand,
    rebuildCommand,
    republishCommand,
    renormaliseCommand,
    rematchCommand,
    matcherCommand,
    worksCommand,
    blocksCommand,
    schemasCommand,
    checkCommand,
    auditCommand,
    matchCommand,
    evaluateCommand,
    trainCommand,
  ])
    program.addCommand(make(context).exitOverride())
  for (const command of program.commands) for (const sub of command.commands) sub.exitOverride()
  return program
}

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

/** `node audit-main.ts` of the verifier: 0 everything holds, 1 it does not, else it cannot be told. */
const PROGRAM = 'services/verifier/src/audit-main.ts'

/** Proofs over the acts of persons. */
export function auditCommand(context: Context): Command {
  const command = new Command('audit').description('prove that no act was changed, dropped or put in another place')
  command
    .command('verify')
    .description('recompute the whole chain, and hold it against every checkpoint and receipt')
    .option('--receipts <file>', 'receipts that persons hold, one line of JSON each')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  atlas audit verify\n  atlas audit verify --receipts mine.ndjson\n\nExit code 1: the chain was tampered with, and the first act concerned is named; 4: it cannot be told.',
    )
    .action(async ({ receipts, json }: { receipts?: string; json?: boolean }) => {
      if (receipts !== undefined && !existsSync(receipts)) throw new CliError(`there is no file "${receipts}"`, 2)
      const { exitCode, stderr } = await verify(context, [
        ...(json ? ['--json'] : []),
        ...(receipts === undefined ? [] : [receipts]),
      ])
      if (exitCode === 1) throw new CliError('the chain does not hold')
      if (exitCode !== 0) throw new CliError(stderr.trim() || `the audit ended with ${exitCode}`, 4)
    })
  return command
}

/** Runs the verifier's own program, with its environment; what it reports goes straight on. */
function verify(context: Context, args: readonly string[]): Promise<{ exitCode: number; stderr: string }> {
  const child = spawn(process.execPath, ['--conditions=development', join(context.root, PROGRAM), ...args], {
    env: { ...context.serviceEnv('verifier') } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => void context.stdout.write(chunk))
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-8_000)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ exitCode: code ?? 2, stderr }))
  })
}

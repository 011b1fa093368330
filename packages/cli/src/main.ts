import process from 'node:process'
import { CommanderError } from 'commander'
import { exitCodeOf, explainError } from './exit.ts'
import { createProgram } from './program.ts'

const program = createProgram({
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
})
try {
  await program.parseAsync(process.argv)
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explainError(error)}\n`)
  process.exitCode = exitCodeOf(error)
}

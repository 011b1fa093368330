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
// Whoever reads us (`| head -1`) has what he wanted; 141 is what a shell knows of a program that wrote on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(141)
})
try {
  await program.parseAsync(process.argv)
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explainError(error)}\n`)
  process.exitCode = exitCodeOf(error)
}

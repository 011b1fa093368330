// `npm run demo` and `npm test`: sets the machine up where that is needed, then goes on with the workspace's own Node.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runGroup } from './child-group.mjs'
import { add, countsOf, failuresOf, line, NONE, one } from './counts.mjs'
import { node24, ROOT } from './root.mjs'
import { MissingPrerequisitesError, setUp, UNAVAILABLE } from './setup.mjs'

const INTERRUPTED = 130
const bin = (path) => join(ROOT, 'node_modules', path)

async function demo(args) {
  const main = join(ROOT, 'packages/cli/src/demo/main.ts')
  return (await runGroup(node24(), ['--conditions=development', main, ...args])).code
}

async function test(args) {
  const reports = mkdtempSync(join(tmpdir(), 'atlas-test-'))
  try {
    let total = NONE
    const failures = []
    for (const { name, command, counts, report } of testSteps(reports, args)) {
      console.log(`\n== ${name}`)
      const { code, interrupted } = await runGroup(command[0], command.slice(1))
      if (interrupted) return INTERRUPTED
      const result = counts(code)
      console.log(`== ${name}: ${line(result)}`)
      total = add(total, result)
      if (result.failed > 0) failures.push(...(report === undefined ? [`failed: ${name}`] : failuresOf(report)))
    }
    if (failures.length > 0) console.log(`\n${failures.join('\n')}`)
    console.log(`\n${line(total)}`)
    return total.failed === 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

function testSteps(reports, args) {
  const checks = [
    { name: 'types', command: [bin('.bin/tsc'), '--noEmit'], counts: (code) => one(code === 0) },
    { name: 'lint', command: [bin('.bin/biome'), 'check', '.'], counts: (code) => one(code === 0) },
  ]
  const suites = ['unit', 'int', 'e2e'].map((name) => {
    const report = join(reports, `${name}.json`)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const vitest = [node24(), '--conditions=development', bin('vitest/vitest.mjs'), 'run', '--passWithNoTests']
    return {
      name,
      command: [...vitest, '--project', name, ...reporters, ...args],
      report,
      counts: (code) => countsOf(report, code),
    }
  })
  return [...checks, ...suites]
}

const MODES = { demo, test }
const [mode, ...args] = process.argv.slice(2)
const work = MODES[mode ?? '']
if (work === undefined) {
  console.error('usage: node scripts/run.mjs demo|test [arguments]')
  process.exitCode = 2
} else {
  try {
    await setUp()
    process.exitCode = await work(args)
  } catch (error) {
    console.error(error.message)
    process.exitCode = error instanceof MissingPrerequisitesError ? UNAVAILABLE : 1
  }
}

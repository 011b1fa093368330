import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { ROOT } from './root.mjs'

export const NONE = { passed: 0, failed: 0, skipped: 0 }

export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

export function one(succeeded) {
  return succeeded ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 }
}

export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** The counts of one vitest run. A run that failed without a failed test (a file that cannot be loaded) counts as one. */
export function countsOf(reportFile, exitCode) {
  if (!existsSync(reportFile)) return one(exitCode === 0)
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + unloadable
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** A line for each test of a vitest run that failed, and for each file that could not be loaded: file, test, reason. */
export function failuresOf(reportFile) {
  if (!existsSync(reportFile)) return []
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name)
    if (status === 'failed' && assertionResults.length === 0) return [failure(file, 'cannot be loaded', message)]
    return assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => failure(file, test.fullName, test.failureMessages[0]))
  })
}

/** `.ci/run` looks for lines that begin so, to repeat them at its end. */
const failure = (file, test, reason) => `failed: ${file} > ${test}: ${(reason ?? '').split('\n')[0].slice(0, 300)}`

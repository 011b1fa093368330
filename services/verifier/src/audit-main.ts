import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { ConfigError, createLogger, openDatabase } from '@atlas/runtime'
import { parseReceipts, reportLines } from './audit-report.ts'
import { readAuditConfig } from './config.ts'
import { verifyChain } from './verify-chain.ts'

// `node audit-main.ts [--json] [RECEIPTS.ndjson]`: exit 0 when everything holds, 1 when not, 2 when it cannot be told.
const json = process.argv.includes('--json')
const receiptsFile = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
try {
  const config = readAuditConfig(process.env)
  const receipts = receiptsFile === undefined ? [] : parseReceipts(await readFile(receiptsFile, 'utf8'))
  const logger = createLogger({ service: 'audit', version: '0', level: 'error' })
  await using database = openDatabase(config.database, logger)
  const report = await verifyChain({ ...config, database, receipts })
  console.log(json ? JSON.stringify(report) : reportLines(report).join('\n'))
  process.exitCode = report.fault ? 1 : 0
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `cannot verify: ${(error as Error).message}`)
  process.exitCode = 2
}

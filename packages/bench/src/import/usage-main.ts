import { writeFileSync } from 'node:fs'
import process from 'node:process'

// Loaded into a process that is measured (`--import`): says what it took, of which nothing is left once it has ended.
const file = process.env['ATLAS_BENCH_USAGE']
if (file !== undefined)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    writeFileSync(file, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, highest: maxRSS * 1024 }))
  })

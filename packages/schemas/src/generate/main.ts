import { readFileSync, writeFileSync } from 'node:fs'
import { TOPIC_NAMES } from '../topics.ts'
import { generatedFile } from './generated-file.ts'

// `--check` compares instead of writing, so that a stale file fails the build.
const check = process.argv.includes('--check')
const stale: string[] = []
for (const topic of TOPIC_NAMES) {
  const file = new URL(`../generated/${topic}.ts`, import.meta.url)
  const wanted = generatedFile(topic)
  if (!check) writeFileSync(file, wanted)
  else if (readFileSync(file, 'utf8') !== wanted) stale.push(topic)
}
if (stale.length > 0) {
  console.error(`generated types are stale: ${stale.join(', ')}; run "pnpm gen"`)
  process.exitCode = 1
}

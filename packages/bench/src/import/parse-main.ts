import { createReadStream } from 'node:fs'
import process from 'node:process'

// A process of its own, as an import is: what it costs to parse each line of a file once, and nothing else.
const [path = ''] = process.argv.slice(2)
let seconds = 0
let rest = Buffer.alloc(0)
let lines: Buffer[] = []
let keys = 0
let records = 0

function parse(): void {
  const before = process.cpuUsage()
  for (const line of lines) keys += Object.keys(JSON.parse(line.toString()) as object).length
  const { user, system } = process.cpuUsage(before)
  seconds += (user + system) / 1e6
  records += lines.length
  lines = []
}

for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
  const bytes = Buffer.concat([rest, chunk as Buffer])
  let from = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, at))
    from = at + 1
  }
  rest = bytes.subarray(from)
  if (lines.length >= 1_000) parse()
}
parse()
process.stdout.write(JSON.stringify({ seconds, records, keys }))

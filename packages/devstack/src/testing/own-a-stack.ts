// A process that owns a stack until it is killed. Its one line of output names the processes it has started.
import { childrenOf } from '../process-tree.ts'
import { startStack } from '../start-stack.ts'

const stack = await startStack({
  dataDir: process.argv[2] ?? '',
  persistent: false,
  parts: ['postgres', 'redis', 'kafka'],
})
const pids = [...(await childrenOf(process.pid)), ...(await childrenOf(stack.pids['postgres'] ?? 0))]
console.log(JSON.stringify(pids))

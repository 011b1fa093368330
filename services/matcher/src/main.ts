import process from 'node:process'
import { keepHeapWithin, runMain } from '@atlas/runtime'
import { readConfig } from './config.ts'
import { startService } from './service.ts'

/** Bytes: 2,000 prepared profiles and a step; the process takes some 350 MB more. */
const HEAP_ROOM = 200 * 2 ** 20

keepHeapWithin(HEAP_ROOM)
await runMain(process, (env) => startService(readConfig(env)))

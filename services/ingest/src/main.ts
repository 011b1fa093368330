import process from 'node:process'
import { keepHeapWithin, runMain } from '@atlas/runtime'
import { readConfig } from './config.ts'
import { HEAP_ROOM } from './heap-room.ts'
import { startService } from './service.ts'

keepHeapWithin(HEAP_ROOM)
await runMain(process, (env) => startService(readConfig(env)))

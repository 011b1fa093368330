import process from 'node:process'
import { runMain } from '@atlas/runtime'
import { readConfig } from './config.ts'
import { startService } from './service.ts'

await runMain(process, (env) => startService(readConfig(env)))

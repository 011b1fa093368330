import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMetrics } from '@atlas/runtime'
import { expect, it } from 'vitest'
import { defaultSpool, readConfig } from './config.ts'

const PAGE = await readFile(new URL('../../../docs/for-operators.md', import.meta.url), 'utf8')
const NEEDED = {
  DB_HOST: 'db',
  DB_NAME: 'ingest_db',
  DB_USER: 'ingest_app',
  DB_PASSWORD: 'secret',
  KAFKA_BROKERS: 'broker:9092',
  SCHEMA_REGISTRY_URL: 'http://registry',
  SERVICE_CREDENTIALS: `cli:${'0'.repeat(64)}`,
  PRINCIPAL_PUBLIC_KEYS: generateKeyPairSync('ed25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64'),
}
/** Told on other pages: of delivery, of the broker's security, of one process. */
const ELSEWHERE =
  /^(KAFKA|CONSUMER|RELAY)_|^DB_\w+_TIMEOUT_MS$|^(TIMERS|NODE_ENV|DB_POOL_MIN)$|^ATLAS_(VERSION|FAILPOINT)$/
const rows = [...PAGE.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gm)].map(([, name = '', value = '']) => ({
  name,
  value: value === '–' ? '' : value.startsWith('`atlas-imports`') ? join(defaultSpool(), NEEDED.DB_NAME) : value,
}))

const read = (env: Readonly<Record<string, string>> = {}) => comparable(readConfig({ ...NEEDED, ...env }))
const comparable = (config: object) => ({ ...config, verifier: undefined })

it('each setting on the page for operators has the default that the page says', () => {
  for (const { name, value } of rows) expect({ name, ...read({ [name]: value }) }).toEqual({ name, ...read() })
})

it('each setting on the page does something', () => {
  const other = (value: string) => {
    if (/^\d+$/.test(value)) return String(Number(value) + 1)
    return { false: 'true', development: 'production', info: 'warn' }[value] ?? 'http://elsewhere'
  }
  const idle = rows.filter(
    ({ name, value }) => JSON.stringify(read({ [name]: other(value) })) === JSON.stringify(read()),
  )
  expect(idle).toEqual([])
})

it('each setting that is read is on the page', () => {
  const names = new Set<string>()
  readConfig(
    new Proxy(NEEDED, {
      get(env, name: string) {
        names.add(name)
        return Reflect.get(env, name)
      },
    }),
  )
  const told = [...names].filter((name) => !ELSEWHERE.test(name) && !name.endsWith('_FILE'))
  expect(told.filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([])
})

it('each metric on the page is one of ours', async () => {
  const ours = await createMetrics('ingest').registry.getMetricsAsJSON()
  const shown = [...PAGE.matchAll(/^\| `(atlas_\w+)`/gm)].map(([, name]) => name)
  expect(shown.filter((name) => !ours.some((metric) => metric.name === name))).toEqual([])
  expect(shown).not.toEqual([])
})

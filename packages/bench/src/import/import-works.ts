import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Deployment, runImport } from '@atlas/testing/deployment'

/** What an import took, from the start of its process to its end. */
export interface ImportCost {
  /** CPU of its process. */
  readonly seconds: number
  readonly wall: number
  /** Highest resident memory, bytes. */
  readonly highest: number
  readonly counts: Readonly<Record<string, number>>
}

/** Imports one file of works as a librarian would, beside the running service. */
export async function importWorks(
  deployment: Deployment,
  path: string,
  args: readonly string[] = [],
): Promise<ImportCost> {
  const usage = `${path}.usage`
  const hook = fileURLToPath(new URL('./usage-main.ts', import.meta.url))
  const env = {
    ...deployment.env('ingest'),
    NODE_OPTIONS: `--import=${hook}`,
    ATLAS_BENCH_USAGE: usage,
  }
  let counts: Readonly<Record<string, number>> = {}
  const began = performance.now()
  const run = await runImport({
    env,
    args: ['--source', 'openalex', ...args, path],
    onEvent: (event) => {
      if (event.event === 'file') counts = event['counts'] as Record<string, number>
    },
  })
  const wall = (performance.now() - began) / 1000
  if (run.exitCode !== 0) throw new Error(`the import ended with ${run.exitCode}: ${run.stderr}`)
  const { seconds, highest } = JSON.parse(readFileSync(usage, 'utf8')) as { seconds: number; highest: number }
  return { seconds, wall, highest, counts }
}

/** Resolves when everything is published. */
export async function published(deployment: Deployment): Promise<void> {
  for (const start = performance.now(); performance.now() - start < 600_000; ) {
    const { rows } = await deployment.open.ingest.query<{ left: boolean }>(
      `select exists (select from outbox_references r, relay_pointers p
                       where p.name = 'references' and (r.xid, r.id) > (p.last_xid, p.last_id)) as left`,
    )
    if (rows[0]?.left === false) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('not everything was published within 600 s')
}

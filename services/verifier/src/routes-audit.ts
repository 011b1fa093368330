import { Router } from 'express'
import type { SignedCheckpoint } from './checkpoint.ts'

/** What the world may hold us to: every checkpoint ever published, newest last. No personal data. */
export function auditRoutes(listCheckpoints: () => Promise<readonly SignedCheckpoint[]>, publicKeyPem: string): Router {
  return Router().get('/v1/audit/checkpoints', async (_request, response) => {
    const checkpoints = await listCheckpoints()
    response.setHeader('Cache-Control', 'public, max-age=30')
    response.json({ publicKey: publicKeyPem, checkpoints })
  })
}

import { roomUnder } from '@atlas/linkage'
import { type Database, Problem } from '@atlas/runtime'
import { Router } from 'express'
import { countWideBlocks, listWidestBlocks } from './store/blocks.ts'

const MOST = 200
const USUAL = 20

/**
 * The widest blocks of profiles, for operators: `room` is how many a block may hold before its slots are looked up by its
 * parts. Whoever mounts this asks for a service credential.
 */
export function blockRoutes(database: Database, blockCap: number): Router {
  return Router().get('/internal/blocks', async (request, response) => {
    const limit = limitOf(request.query['limit'])
    const [wide, widest] = [await countWideBlocks(database), await listWidestBlocks(database, limit)]
    response.json({
      cap: blockCap,
      wide,
      widest: widest.map((block) => ({ ...block, room: roomUnder(block.key, blockCap) })),
    })
  })
}

function limitOf(value: unknown): number {
  if (value === undefined) return USUAL
  const limit = Number(value)
  if (typeof value !== 'string' || !Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new Problem(400, 'invalid_parameter', `limit is a whole number from 1 to ${MOST}`)
  return limit
}

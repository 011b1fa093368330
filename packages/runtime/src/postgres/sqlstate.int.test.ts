import { expect, inject, it } from 'vitest'
import { aDeliveryDatabase } from '../testing/servers.ts'
import { classOf } from './sqlstate.ts'

it('a database that lets nobody in is unavailable', async () => {
  await using server = await aDeliveryDatabase(inject('stack').postgres)
  // As `alter database … allow_connections false` does, which nobody may who is connected to it.
  await server.asAdmin('update pg_database set datallowconn = false where datname = current_database()')
  const refused = await server.database.query('select 1').then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refused).toMatchObject({ code: '55000' })
  expect(classOf(refused)).toBe('unavailable')
})

it('a fault of a statement with the same code is not', async () => {
  await using server = await aDeliveryDatabase(inject('stack').postgres)
  await server.asAdmin('create sequence never_drawn')
  const refused = await server.asAdmin(`select currval('never_drawn')`).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refused).toMatchObject({ code: '55000' })
  expect(classOf(refused)).toBe('other')
})

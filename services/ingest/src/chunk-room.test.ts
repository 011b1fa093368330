import { BUFFER_BYTES } from '@atlas/runtime'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ChunkRoom } from './chunk-room.ts'

const sizes = fc.oneof(
  fc.integer({ min: 0, max: 3_000 }),
  fc.integer({ min: 30_000, max: 70_000 }),
  fc.integer({ min: BUFFER_BYTES - 1, max: BUFFER_BYTES + 1 }),
)
const steps = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ room: fc.nat(3), bytes: sizes }) },
    { weight: 1, arbitrary: fc.record({ room: fc.nat(3), bytes: fc.constant('release' as const) }) },
  ),
  { maxLength: 120 },
)

it('what was written stays until its room is released, whatever others take and release', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const rooms = Array.from({ length: 4 }, aRoom)
      for (const [nth, { room, bytes }] of steps.entries()) {
        if (bytes === 'release') rooms[room] = released(rooms[room])
        else write(rooms[room], bytes, nth % 251)
        for (const { written } of rooms) for (const { taken, mark } of written) expectMarked(taken, mark)
      }
      for (const room of rooms) released(room)
    }),
    { numRuns: 60 },
  )
})

it('what was released is written to again', () => {
  const first = aRoom()
  for (let nth = 0; nth < 3; nth++) write(first, BUFFER_BYTES / 2, nth)
  const buffers = new Set(first.written.map(({ taken }) => taken.buffer))
  released(first)
  const second = aRoom()
  for (let nth = 0; nth < 3; nth++) write(second, BUFFER_BYTES / 2, nth)
  expect(second.written.every(({ taken }) => buffers.has(taken.buffer))).toBe(true)
})

function aRoom() {
  return { room: new ChunkRoom(), written: [] as { readonly taken: Buffer; readonly mark: number }[] }
}

type Room = ReturnType<typeof aRoom>

function released(room: Room | undefined): Room {
  room?.room.release()
  return aRoom()
}

function write(room: Room | undefined, bytes: number, mark: number): void {
  const taken = room?.room.take(bytes)
  expect(taken?.length).toBe(bytes)
  if (taken) room?.written.push({ taken: taken.fill(mark), mark })
}

function expectMarked(taken: Buffer, mark: number): void {
  for (const at of [0, taken.length >> 1, taken.length - 1]) if (taken.length > 0) expect(taken[at]).toBe(mark)
}

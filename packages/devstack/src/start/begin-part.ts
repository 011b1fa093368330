import { type PartCommand, PartProcess, PortClashError } from '../part-process.ts'
import type { Starting } from './starting.ts'

const ATTEMPTS = 4

/** Starts one part and says how long it took. */
export async function beginPart({ guard, begun, options }: Starting, command: PartCommand): Promise<PartProcess> {
  const part = new PartProcess(guard, command)
  begun.push(part)
  const begin = performance.now()
  await part.start()
  options.onProgress(`${command.name} answers after ${((performance.now() - begin) / 1000).toFixed(1)} s`)
  return part
}

/**
 * Tries again with other ports when one of them was taken between choosing and using it, which happens as soon as two
 * stacks start at the same time.
 */
export async function withOtherPorts<T>(
  { begun }: Starting,
  prefix: string,
  attempt: (retry: number) => Promise<T>,
): Promise<T> {
  for (let retry = 0; ; retry++) {
    try {
      return await attempt(retry)
    } catch (error) {
      if (!(error instanceof PortClashError) || retry + 1 >= ATTEMPTS) throw error
      const half = begun.filter(({ name }) => name.startsWith(prefix))
      await Promise.all(half.map((part) => part.stop()))
      begun.splice(0, begun.length, ...begun.filter((part) => !half.includes(part)))
    }
  }
}

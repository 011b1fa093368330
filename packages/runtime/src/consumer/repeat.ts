import type { Clock } from '../clock.ts'

/** Looks again and again until told to end; an error is handed over and does not end it. */
export async function repeat(
  clock: Clock,
  everyMs: number,
  ended: AbortSignal,
  look: () => Promise<void>,
  onError: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    const cutShort = await clock.sleep(everyMs, ended).then(
      () => false,
      () => true,
    )
    if (cutShort) return
    await look().catch(onError)
  }
}

import { Presets, SingleBar } from 'cli-progress'
import type { Context } from './context.ts'

/** How far each step is, on a terminal; nothing is written elsewhere. */
export interface StepBar extends Disposable {
  show(step: string, done: number, total: number): void
}

export function stepBar({ stderr }: Pick<Context, 'stderr'>): StepBar {
  if (!stderr.isTTY) return { show: () => undefined, [Symbol.dispose]: () => undefined }
  const bar = new SingleBar(
    { stream: stderr, format: '{bar} {value}/{total} {step}', hideCursor: true },
    Presets.shades_classic,
  )
  let running: string | undefined
  return {
    show(step, done, total) {
      if (running !== step) bar.start(total, done, { step })
      else bar.update(done)
      running = step
    },
    [Symbol.dispose]: () => bar.stop(),
  }
}

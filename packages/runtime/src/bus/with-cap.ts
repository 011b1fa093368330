/** Waits for something that may hang, but not for ever; afterwards it is on its own. */
export async function withCap(work: Promise<void>, capMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const cap = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, capMs)
  })
  // What it throws after the cap has nobody left to hear it.
  work.catch(() => undefined)
  await Promise.race([work, cap]).finally(() => clearTimeout(timer))
}

/**
 * Runs `work` while no other process holds the lock file `path`. The lock of a process that died, however it died, is
 * taken over.
 */
export function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options?: { readonly onWait?: (holderPid: number | undefined) => void },
): Promise<T>

/** When the process began, in clock ticks since boot; undefined when it is gone, or where there is no /proc. */
export function startOf(pid: number): Promise<string | undefined>

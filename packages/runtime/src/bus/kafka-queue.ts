/** What is known here of the library's queue of the requests of one connection. */
export interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null
  requestTimeoutIntervalId?: NodeJS.Timeout
  readonly enforceRequestTimeout: boolean
  readonly inflight: ReadonlyMap<number, SocketRequest>
  isConnected(): boolean
  destroy(): void
  scheduleRequestTimeoutCheck(): void
  readonly throttledUntil: number
  readonly pending: readonly unknown[]
  checkPendingRequests(): void
  scheduleCheckPendingRequests(): void
}

interface SocketRequest {
  readonly sentAt: number
  readonly requestTimeout: number
  timeoutRequest(): void
}

/** Without it an idle connection asks itself about 900 times a second whether it may send nothing. */
export function mendRequestQueue(queue: RequestQueue): void {
  queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.throttleCheckTimeoutId || this.pending.length === 0) return
    const waitMs = Math.max(this.throttledUntil - Date.now(), 1)
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null
      this.checkPendingRequests()
    }, waitMs)
  }
}

const CHECK_MS = 100
// A check that comes so late was held up by ourselves.
const HELD_UP_MS = 1_000

/**
 * A process that was held up itself, by its garbage or a full machine, finds its requests too old and their answers not
 * yet read. It reads first: since a request without an answer costs the connection, none may be blamed on the broker.
 */
export function mendTimeouts(queue: RequestQueue): void {
  queue.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
    if (!this.enforceRequestTimeout) return
    this.destroy()
    let last = Date.now()
    this.requestTimeoutIntervalId = setInterval(() => {
      const now = Date.now()
      const heldUp = now - last > HELD_UP_MS
      last = now
      if (heldUp) return
      for (const request of this.inflight.values())
        if (now - request.sentAt > request.requestTimeout) request.timeoutRequest()
      if (!this.isConnected()) this.destroy()
    }, CHECK_MS)
  }
}

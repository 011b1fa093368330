/** The right to be the one active relay of a service. */
export interface Lease extends AsyncDisposable {
  /** Aborts when the right is gone: the connection that held it broke. */
  readonly lost: AbortSignal
}

/** Undefined when somebody else has it. `onWake` is called when rows were written. */
export type OpenLease = (onWake: () => void) => Promise<Lease | undefined>

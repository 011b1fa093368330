/** Named places in the code where a test kills the process. */
export interface Failpoints {
  /** Counts a pass through the place; at the armed count the process is killed as by `kill -9`. */
  hit(name: string): void
}

export const noFailpoints: Failpoints = { hit: () => undefined }

/** `spec` is `name:n[,name:n]`: die on the n-th pass. Only a test configuration may hand one in. */
export function armFailpoints(spec: string | undefined, die: () => void): Failpoints {
  if (spec === undefined) return noFailpoints
  const left = new Map(
    spec.split(',').map((part) => {
      const [name = '', count = '1'] = part.split(':')
      return [name, Number(count)] as const
    }),
  )
  return {
    hit(name) {
      const count = left.get(name)
      if (count === undefined) return
      left.set(name, count - 1)
      if (count === 1) die()
    },
  }
}
